package dev.lanes.race;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one entrant did with one helping of tasks.
 *
 * @param wall from the moment before the first was published to that at which the last outcome was sent
 * @param cpu of its JVMs in that time; null where it has none of its own, or the system does not tell
 * @param coresOfOthers that what has no part in it kept busy on this machine; null where the system does not tell
 * @param duplicates second outcomes of one task
 * @param fault why the delivery check failed; null when every task ended once, and well
 */
record Round(
        int count,
        Duration wall,
        @Nullable Duration cpu,
        @Nullable Double coresOfOthers,
        Figures figures,
        int duplicates,
        @Nullable String fault) {
    double tasksPerSecond() {
        return count * 1e9 / wall.toNanos();
    }

    /** One that was not run, and why. */
    static Round refused(int count, String why) {
        return new Round(count, Duration.ofMillis(1), null, null, new Figures(), 0, why);
    }

    /** What the check found, after so long. */
    static Round of(
            DeliveryCheck check, Duration wall, @Nullable Duration cpu, @Nullable Double coresOfOthers, boolean alive) {
        return new Round(
                check.done() + check.left(),
                wall,
                cpu,
                coresOfOthers,
                check.figures(),
                check.duplicates(),
                check.fault(alive));
    }
}
