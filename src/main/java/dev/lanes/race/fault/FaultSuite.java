package dev.lanes.race.fault;

import dev.lanes.process.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Inflicts faults on a Lanes of its own, one after the other, and says what came of each. */
public final class FaultSuite implements AutoCloseable {
    private final FaultPlan plan;
    private final SubjectSettings settings;
    private final Path folder;
    private final Random random;
    private final Listener listener;
    private int homes;
    private volatile boolean closed;
    private volatile @Nullable Subject subject;
    private volatile Runnable cleanUp = () -> {};

    /** Hears of what happens while it happens. */
    public interface Listener {
        /** What is being done now. */
        void progress(String step);

        /** What came of a fault, but for the comparison of the ledgers at the end. */
        void row(Row row);
    }

    /**
     * @param folder an empty one, for all that is written
     */
    public FaultSuite(FaultPlan plan, Installation installation, Path folder, Listener listener) {
        this.plan = plan;
        this.settings = new SubjectSettings(installation, plan.tasksPerSitting());
        this.folder = folder;
        this.random = new Random(plan.seed());
        this.listener = listener;
    }

    /**
     * All faults, in the order in which they are inflicted.
     *
     * @param rounds of random kills
     */
    public static List<Fault> faults(long seed, int rounds) {
        return List.of(
                new KilledWorkerFault(),
                new KilledAppFault(),
                new KilledBrokerFault(),
                new FrozenFault(),
                new JoiningInstanceFault(),
                new KilledInstanceFault(),
                new RandomKillFault(new Random(seed), rounds),
                new FullDiskFault());
    }

    /** Runs all of it. */
    public List<Row> run() {
        List<Row> rows = new ArrayList<>();
        for (List<Fault> faults : plan.sittings()) {
            if (closed) {
                break;
            }
            List<Fault> possible = new ArrayList<>();
            for (Fault fault : faults) {
                fault.impossible()
                        .ifPresentOrElse(why -> rows.add(Row.notRun(fault, "all", why)), () -> possible.add(fault));
            }
            if (!possible.isEmpty()) {
                rows.addAll(sit(possible));
            }
        }
        return rows;
    }

    private List<Row> sit(List<Fault> faults) {
        Path home = folder.resolve("home-" + ++homes);
        Fault first = faults.getFirst();
        listener.progress(first.name() + ": starting");
        cleanUp = () -> faults.forEach(fault -> fault.cleanUpHome(home));
        try {
            Files.createDirectories(home);
            for (Fault fault : faults) {
                fault.prepareHome(home);
            }
            return sit(faults, home);
        } catch (NotPossible why) {
            return List.of(Row.notRun(first, "all", String.valueOf(why.getMessage())));
        } catch (IOException | RuntimeException broken) {
            if (closed) {
                return List.of();
            }
            return List.of(Row.failed(first, "all", String.valueOf(broken.getMessage())));
        } finally {
            subject = null;
            cleanUp.run();
        }
    }

    private List<Row> sit(List<Fault> faults, Path home) throws IOException {
        try (Subject fresh = new Subject(settings, home)) {
            subject = fresh;
            fresh.start();
            return new Sitting(fresh, plan, random, listener).run(faults);
        }
    }

    /** Whether it has been closed, so that what it says is not all. */
    public boolean closed() {
        return closed;
    }

    /** Ends all processes that it has started; for a thread that is not running it. */
    @Override
    public void close() {
        closed = true;
        Subject now = subject;
        if (now != null) {
            now.close();
        }
        cleanUp.run();
    }
}
