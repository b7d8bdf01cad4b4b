package dev.lanes.race.experiment;

import dev.lanes.pipeline.OutcomeRecord;
import dev.lanes.task.LaneName;
import dev.lanes.task.Task;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

@Singleton
final class CrashInThreads implements Experiment {
    private static final int NEIGHBOURS = 16;
    private static final String NEIGHBOUR = "{\"ms\":3000}";
    private static final Duration UNTIL_ALL_RUN = Duration.ofMillis(800);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> FLAGS =
            List.of("-Xmx128m", "-XX:+UseSerialGC", OwnLanes.QUICK_START, "-XX:+ExitOnOutOfMemoryError");

    private final OwnLanes lanes;

    CrashInThreads(OwnLanes lanes) {
        this.lanes = lanes;
    }

    @Override
    public Claim claim() {
        return new Claim(
                "5a",
                "crash-in-threads",
                "A failed task hurts nobody; a crash takes all threads of its process along.",
                "Holds: an exception ends its thread's work only; a segmentation fault in a C extension, or the kernel's"
                        + " out-of-memory killer, ends the process with all its threads.",
                "Holds: an exception is caught where the task was run; a halt, a crash of native code, or an"
                        + " OutOfMemoryError under -XX:+ExitOnOutOfMemoryError ends the JVM with all its threads.",
                "beside " + NEIGHBOURS + " busy threads an exception hurts 0 tasks; a halt and an OutOfMemoryError hurt"
                        + " all " + NEIGHBOURS + "; no task is lost",
                "How many of " + NEIGHBOURS + " busy tasks has to begin again when their neighbour halts the process?",
                "tasks",
                "Threads share their fate with their process: what one of them cannot catch ends them all. No task is"
                        + " lost, as Kafka hands out again what was not acknowledged, but the work that was done is.");
    }

    @Override
    public Finding run(Lab lab) throws Exception {
        Harm failure;
        Harm halt;
        Harm outOfMemory;
        lab.step("starting a JVM for the lane thread");
        try (OwnLane lane = open()) {
            lab.step("a task throws an exception beside " + NEIGHBOURS + " busy ones");
            failure = strike(lane, "fail", "{}");
            lab.step("a task halts the process beside " + NEIGHBOURS + " busy ones");
            halt = strike(lane, "crash", "{}");
        }
        lab.step("starting another JVM");
        try (OwnLane lane = open()) {
            lab.step("a task takes all memory beside " + NEIGHBOURS + " busy ones");
            outOfMemory = strike(lane, "allocate", "{\"ms\":60000,\"liveMegabytes\":1024}");
        }
        return Finding.of(
                failure.none()
                        && halt.all()
                        && outOfMemory.all()
                        && failure.lost() + halt.lost() + outOfMemory.lost() == 0,
                "hurt by an exception " + hurt(failure) + ", by a halt " + hurt(halt) + ", by an OutOfMemoryError "
                        + hurt(outOfMemory) + "; lost "
                        + (failure.lost() + halt.lost() + outOfMemory.lost()),
                halt.hurt(),
                new Finding.Figures()
                        .add("hurt by an exception", failure.hurt(), "tasks of " + NEIGHBOURS)
                        .add("hurt by a halt", halt.hurt(), "tasks of " + NEIGHBOURS)
                        .add("hurt by an OutOfMemoryError", outOfMemory.hurt(), "tasks of " + NEIGHBOURS)
                        .add("from the halt to the first new start", halt.recoverySeconds(), "s")
                        .add(
                                "from the OutOfMemoryError's end of the process to the first new start",
                                outOfMemory.recoverySeconds(),
                                "s")
                        .add("lost", failure.lost() + halt.lost() + outOfMemory.lost(), "tasks")
                        .list(),
                NEIGHBOURS + " tasks that sleep 3 s and, once they run, one that strikes, in a JVM of their own with "
                        + (NEIGHBOURS + 1) + " threads. The JVM is started again at once, with the same place in its"
                        + " group, but without lanes.lab, so that it refuses the task that killed it: with it, it would"
                        + " die over it again and again.");
    }

    private OwnLane open() throws IOException {
        return lanes.open(
                List.of(LaneName.THREAD),
                1,
                restarts -> new OwnLanes.Setup(
                        FLAGS,
                        Map.of(
                                "lanes.concurrency.thread", Integer.toString(NEIGHBOURS + 1),
                                "lanes.lab", Boolean.toString(restarts == 0))));
    }

    private static Harm strike(OwnLane lane, String type, String payload) throws IOException, InterruptedException {
        List<Task> neighbours = lane.publish("sleep", NEIGHBOUR, NEIGHBOURS);
        Thread.sleep(UNTIL_ALL_RUN);
        List<Task> striker = lane.publish(type, payload, 1);
        List<OutcomeRecord> ends = lane.ends(neighbours, PATIENCE);
        List<OutcomeRecord> end = lane.ends(striker, PATIENCE);
        if (end.isEmpty()) {
            throw new IOException("the task that strikes, of type " + type + ", did not end");
        }
        List<Instant> deaths = lane.deaths();
        return Harm.of(
                NEIGHBOURS, ends, deaths.isEmpty() ? end.getFirst().attempt().startedAt() : deaths.getFirst());
    }

    private static String hurt(Harm harm) {
        return harm.hurt() + " of " + harm.neighbours()
                + (harm.recovery() == null
                        ? ""
                        : String.format(Locale.ROOT, " (they began again after %.1f s)", harm.recoverySeconds()));
    }
}
