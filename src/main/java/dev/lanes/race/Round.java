package dev.lanes.race;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one entrant did with one helping of tasks.
 *
 * @param wall from the moment before the first was published to that at which the last outcome was sent
 * @param duplicates second outcomes of one task
 * @param fault why the delivery check failed; null when every task ended once, and well
 */
record Round(
        int count,
        Duration wall,
        CpuTimes cpu,
        Figures figures,
        int duplicates,
        @Nullable String fault) {
    double tasksPerSecond() {
        return count * 1e9 / wall.toNanos();
    }

    /** One that was not run, and why. */
    static Round refused(int count, String why) {
        return new Round(count, Duration.ofMillis(1), CpuTimes.ofOthers(null), new Figures(), 0, why);
    }

    /**
     * What the check found, after so long.
     *
     * @param death how one of those ended who should run the tasks; null while all live
     */
    static Round of(DeliveryCheck check, Duration wall, CpuTimes cpu, @Nullable String death) {
        return new Round(
                check.done() + check.left(), wall, cpu, check.figures(), check.duplicates(), check.fault(death));
    }
}
