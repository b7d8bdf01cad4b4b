package dev.lanes.cli;

import dev.lanes.race.fault.Fault;
import dev.lanes.race.fault.FaultPlan;
import dev.lanes.race.fault.FaultSuite;
import dev.lanes.race.fault.Row;
import dev.lanes.task.LaneName;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./lanes faults}: what Lanes survives, seen on this machine. */
@Command(
        name = "faults",
        sortOptions = false,
        description = "Kill, freeze and starve a Lanes of its own while tasks run on every lane, and check that none is"
                + " lost. Takes about an hour, with --short a minute.")
final class FaultsCommand implements Callable<Integer> {
    private static final int COUNT = 20_000;
    private static final int SHORT_COUNT = 2000;
    private static final int MOST_TASKS = 100_000;
    private static final int MOST_ROUNDS = 1000;
    private static final List<String> SHORT_FAULTS = List.of("kill-process", "kill-broker");

    @Option(names = "--lanes", paramLabel = "L,...", split = ",", description = "Some of the lanes (default: all).")
    private List<String> lanes = List.of();

    @Option(
            names = "--faults",
            paramLabel = "NAME,...",
            split = ",",
            description =
                    "Some of kill-process, kill-app, kill-broker, freeze, join-leave, two-instances, random-kills,"
                            + " disk-full (default: all; with --short kill-process and kill-broker).")
    private List<String> names = List.of();

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "Tasks of each lane while a fault strikes, 100..100000 (default: 20000; with --short 2000).")
    private @Nullable Integer count;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "20",
            description = "Random kills, each among a twentieth of the tasks, 1..1000 (default: 20).")
    private int rounds;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of all that is random (default: 1).")
    private long seed;

    @Option(names = "--short", description = "All lanes at the same time, few tasks, the commonest faults.")
    private boolean brief;

    @Option(names = "--json", description = "Print JSON, once all is done.")
    private boolean json;

    @Option(
            names = "--keep",
            description = "Keep Kafka's data and all logs, and print where; kept anyway when something is wrong.")
    private boolean keep;

    private final Terminal terminal = Terminal.current();
    private final Settings settings = Settings.current();

    @Override
    public Integer call() throws IOException {
        FaultPlan plan = plan();
        if (!settings.installation().packaged()) {
            throw new CommandFailed(
                    "no build in " + settings.installation().app() + ": run ./mvnw package -DskipTests");
        }
        FaultsReport report = new FaultsReport(terminal, plan, json);
        TemporaryFolder folder = TemporaryFolder.below(settings.home(), "faults-");
        FaultSuite suite = new FaultSuite(plan, settings.installation(), folder.path(), report);
        Thread stopper = Thread.ofPlatform().name("lanes-stop").unstarted(() -> {
            suite.close();
            folder.close();
        });
        Runtime.getRuntime().addShutdownHook(stopper);
        List<Row> rows = suite.run();
        if (suite.closed()) {
            throw new CommandFailed("stopped before all faults were inflicted");
        }
        report.show(rows);
        boolean good = rows.stream().allMatch(Row::good);
        if (keep || !good) {
            folder.keep();
            terminal.detail("Kafka's data and all logs are in " + folder.path());
        }
        return good ? 0 : CommandFailed.FAILURE;
    }

    private FaultPlan plan() {
        int tasks = count != null ? count : brief ? SHORT_COUNT : COUNT;
        inRange("--count", tasks, 100, MOST_TASKS);
        inRange("--rounds", rounds, 1, MOST_ROUNDS);
        return new FaultPlan(chosenFaults(), chosenLanes(), tasks, seed, brief);
    }

    private static void inRange(String option, int value, int from, int to) {
        if (value < from || value > to) {
            throw CommandFailed.usage(option + " is " + value + ": give a number in " + from + ".." + to);
        }
    }

    private List<LaneName> chosenLanes() {
        Set<LaneName> chosen = new LinkedHashSet<>();
        for (String name : lanes) {
            chosen.add(LaneName.parse(name.strip())
                    .orElseThrow(
                            () -> CommandFailed.usage("'" + name + "' is not a lane: give some of " + LaneName.all())));
        }
        return chosen.isEmpty() ? Arrays.asList(LaneName.values()) : List.copyOf(chosen);
    }

    private List<Fault> chosenFaults() {
        List<Fault> all = FaultSuite.faults(seed, rounds);
        String known = all.stream().map(Fault::name).collect(Collectors.joining(", "));
        List<String> wanted = names.isEmpty() && brief ? SHORT_FAULTS : names;
        for (String name : wanted) {
            if (all.stream().noneMatch(fault -> fault.name().equals(name.strip()))) {
                throw CommandFailed.usage("'" + name + "' is not a fault: give some of " + known);
            }
        }
        return all.stream()
                .filter(fault -> wanted.isEmpty()
                        || wanted.stream().anyMatch(name -> fault.name().equals(name.strip())))
                .toList();
    }
}
