package dev.lanes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./lanes race}: the same tasks on several lanes, measured. */
@Command(
        name = "race",
        sortOptions = false,
        description = {
            "Run the same tasks on several lanes, one at a time, each in JVMs of its own, beside Kafka's clients alone"
                    + " (the bare client), and compare. Ctrl-C cancels.",
            "For example: lanes race sleep ms=10 --count 5000, or lanes race hash iterations=20000 --count 200"
        })
final class RaceCommand implements Callable<Integer> {
    /** By the fields of a request. */
    private static final Map<String, String> OPTIONS = Map.of(
            "lanes", "--lanes",
            "count", "--count",
            "concurrency", "--concurrency",
            "ratePerSecond", "--rate",
            "repeat", "--repeat",
            "warmUpSeconds", "--warm-up",
            "ledger", "--ledger",
            "ceiling", "--ceiling");

    @Parameters(index = "0", paramLabel = "TYPE", description = "The type: noop, sleep, hash, work, ...")
    private String type = "";

    @Parameters(
            index = "1..*",
            paramLabel = "key=value",
            description = "The payload; values are JSON where they can be (ms=100, ok=true), else text.")
    private List<String> words = List.of();

    @Option(names = "--lanes", paramLabel = "L,...", split = ",", description = "The lanes (default: all five).")
    private @Nullable List<String> lanes;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "Tasks a round, 1..1000000 (default: what each does in some 2 s).")
    private @Nullable Integer count;

    @Option(
            names = "--concurrency",
            paramLabel = "N|L=N,...",
            description = "Tasks in flight: N on every concurrent lane, or, like thread=4,process=2, on some (default:"
                    + " what each lane has).")
    private @Nullable String concurrency;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "Let R tasks come every second, whether a lane keeps up or not (default: all at once).")
    private @Nullable Integer rate;

    @Option(names = "--repeat", paramLabel = "N", description = "Measured rounds of each lane, 1..20 (default: 3).")
    private @Nullable Integer repeat;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            description = "Seconds for which each lane may warm up while its JVM still compiles, 1..300 (default: 5).")
    private @Nullable Integer warmUp;

    @Option(names = "--together", description = "All at once on the lanes that run: to be watched, not to be compared.")
    private boolean together;

    @Option(names = "--idioms", description = "Let Quarkus' own idiom race too, a message at a time.")
    private boolean idioms;

    @Option(names = "--ledger", description = "Let the lanes race once more with the ledger in their JVMs.")
    private boolean ledger;

    @Option(
            names = "--ceiling",
            description = "Let reactive, thread and virtual race once more with tasks from memory, without Kafka.")
    private boolean ceiling;

    @Mixin
    private RaceOutput output = new RaceOutput();

    @Mixin
    private ApiOptions apiOptions = new ApiOptions();

    private final Terminal terminal = Terminal.current();

    @Override
    public Integer call() {
        try {
            JsonNode race =
                    new RunningRace(apiOptions.api(), terminal).run(request(), cut -> output.show(cut, terminal));
            output.show(race, terminal);
            return RaceTable.delivered(race) ? 0 : CommandFailed.FAILURE;
        } catch (RefusedRequest refused) {
            throw refused.naming(OPTIONS);
        }
    }

    ObjectNode request() {
        ObjectNode request = LanesApi.JSON.createObjectNode().put("type", type);
        request.set("payload", Payload.parse(words));
        if (lanes != null) {
            request.set("lanes", LanesApi.JSON.valueToTree(lanes));
        }
        if (count != null) {
            request.put("count", count);
        }
        if (concurrency != null) {
            request.set("concurrency", inFlight(concurrency));
        }
        if (rate != null) {
            request.put("ratePerSecond", rate);
        }
        if (repeat != null) {
            request.put("repeat", repeat);
        }
        if (warmUp != null) {
            request.put("warmUpSeconds", warmUp);
        }
        if (idioms) {
            request.put("idioms", true);
        }
        if (ledger) {
            request.put("ledger", true);
        }
        if (ceiling) {
            request.put("ceiling", true);
        }
        if (together) {
            request.put("mode", "together");
        }
        return request;
    }

    /** A number, or an object with one for each lane that is named. */
    private static JsonNode inFlight(String option) {
        try {
            if (!option.contains("=")) {
                return LanesApi.JSON.getNodeFactory().numberNode(Integer.parseInt(option));
            }
            ObjectNode lanes = LanesApi.JSON.createObjectNode();
            for (String one : option.split(",", -1)) {
                String[] laneAndNumber = one.split("=", 2);
                if (laneAndNumber.length < 2 || laneAndNumber[0].isEmpty() || lanes.has(laneAndNumber[0])) {
                    throw new NumberFormatException(one);
                }
                lanes.put(laneAndNumber[0], Integer.parseInt(laneAndNumber[1]));
            }
            return lanes;
        } catch (NumberFormatException notOne) {
            throw CommandFailed.usage("--concurrency is '" + option
                    + "': give a number, or one for each of some lanes like thread=4,process=2");
        }
    }
}
