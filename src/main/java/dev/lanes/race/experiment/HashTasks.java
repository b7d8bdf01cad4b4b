package dev.lanes.race.experiment;

import dev.lanes.race.Trial;
import dev.lanes.task.LaneName;
import java.time.Duration;

/** Tasks that compute for about as long as is asked for, each the same work wherever it runs. */
final class HashTasks {
    private static final long FIRST_ITERATIONS = 50_000;
    private static final int CALIBRATIONS = 4;

    private HashTasks() {}

    /** The payload of tasks of the type {@code hash} that take so many milliseconds here, found out on sequential. */
    static String payload(Lab lab, double taskMs) throws Trial.Failed {
        long iterations = FIRST_ITERATIONS;
        for (int repeat = 0; repeat < CALIBRATIONS; repeat++) {
            double ms = wallMs(lab.tasks(LaneName.SEQUENTIAL, "hash", payload(iterations), 1));
            iterations = Math.max(1, Math.round(iterations * taskMs / Math.max(1, ms)));
        }
        return payload(iterations);
    }

    static String payload(long iterations) {
        return "{\"iterations\":" + iterations + "}";
    }

    /** From the first start to the last finish. */
    static double wallMs(Trial.Result result) {
        return Duration.between(result.firstStart(), result.lastFinish()).toNanos() / 1e6;
    }
}
