package dev.lanes.race.experiment;

import dev.lanes.pipeline.OutcomeRecord;
import dev.lanes.task.LaneName;
import dev.lanes.task.Task;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

@Singleton
final class CrashInProcesses implements Experiment {
    private static final int PROCESSES = 4;
    private static final int NEIGHBOURS = PROCESSES - 1;
    private static final int WAITING = 4;
    private static final int ATTEMPTS = 3;
    private static final Duration UNTIL_ALL_RUN = Duration.ofMillis(1000);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final OwnLanes.Setup SETUP =
            new OwnLanes.Setup(List.of("-Xmx256m", "-XX:+UseSerialGC", OwnLanes.QUICK_START), Map.of());

    private final OwnLanes lanes;

    CrashInProcesses(OwnLanes lanes) {
        this.lanes = lanes;
    }

    @Override
    public Claim claim() {
        return new Claim(
                "5b",
                "crash-in-processes",
                "A crash in one process leaves the others alone.",
                "Holds: multiprocessing's children have memory of their own. Its Pool waits for ever for the task of a"
                        + " child that died; ProcessPoolExecutor gives up all its tasks (BrokenProcessPool).",
                "Holds: each JVM is a process with memory of its own; the queue, which is Kafka's, outlives any of them.",
                "while one of " + PROCESSES
                        + " busy processes dies over its task, 0 tasks of the others are hurt, and no"
                        + " task is lost",
                "How many of the " + NEIGHBOURS + " tasks in the other processes have to begin again?",
                "tasks",
                "A process is the wall that a crash does not get through: it costs the tasks of that process, here one."
                        + " Somebody has to start another, and to end the tasks that kill whoever takes them.");
    }

    @Override
    public Finding run(Lab lab) throws Exception {
        lab.step("starting " + PROCESSES + " worker JVMs");
        try (OwnLane lane = lanes.open(List.of(LaneName.PROCESS), PROCESSES, restarts -> SETUP)) {
            lab.step("a task halts its process beside " + NEIGHBOURS + " busy ones");
            return strike(lane);
        }
    }

    private static Finding strike(OwnLane lane) throws IOException, InterruptedException {
        List<Task> neighbours = new ArrayList<>();
        for (int number = 0; number < NEIGHBOURS; number++) {
            // They end one by one, so that the task that strikes comes again while others still run.
            neighbours.addAll(lane.publish("sleep", "{\"ms\":" + (2500 + 1000 * number) + "}", 1));
        }
        Thread.sleep(UNTIL_ALL_RUN);
        List<Task> striker = List.of(lane.publishDeadly("crash", "{}", ATTEMPTS));
        List<Task> waiting = lane.publish("sleep", "{\"ms\":100}", WAITING);
        List<OutcomeRecord> ends = lane.ends(neighbours, PATIENCE);
        List<OutcomeRecord> taken = lane.ends(waiting, PATIENCE);
        List<OutcomeRecord> end = lane.ends(striker, PATIENCE);
        List<Instant> deaths = lane.deaths();
        if (deaths.isEmpty()) {
            throw new IOException("no process died over the task of type crash");
        }
        Harm harm = Harm.of(NEIGHBOURS, ends, deaths.getFirst());
        int lost = harm.lost() + WAITING - taken.size() + 1 - end.size();
        double takeover = Harm.of(WAITING, taken, deaths.getFirst()).recoverySeconds();
        return Finding.of(
                harm.none() && lost == 0,
                String.format(
                        Locale.ROOT,
                        "%d processes died one after another over one task, %d of %d neighbours hurt; what waited was taken"
                                + " over after %.1f s; lost %d",
                        deaths.size(),
                        harm.hurt(),
                        NEIGHBOURS,
                        takeover,
                        lost),
                harm.hurt(),
                new Finding.Figures()
                        .add("hurt in the other processes", harm.hurt(), "tasks of " + NEIGHBOURS)
                        .add("processes that died over the task", deaths.size(), "processes")
                        .add("from the first death to the next start of a task that waited", takeover, "s")
                        .add("lost", lost, "tasks")
                        .list(),
                PROCESSES + " JVMs of their own: " + NEIGHBOURS
                        + " run tasks that sleep 2.5 to 4.5 s when the fourth takes"
                        + " one that halts its process; " + WAITING
                        + " more wait. Each JVM is started again at once. The"
                        + " task that halted it is handed to the next free one, and goes to the dead letters after "
                        + ATTEMPTS + ".");
    }
}
