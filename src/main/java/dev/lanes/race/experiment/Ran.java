package dev.lanes.race.experiment;

import dev.lanes.race.Trial;
import dev.lanes.task.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that a lane has run to their ends.
 *
 * @param cores CPU time of the lane's processes over the time from the first start to the last finish; null where that
 *     cannot be told
 */
record Ran(List<Attempt> attempts, @Nullable Double cores) {
    static Ran of(Trial.Result result) {
        return new Ran(result.attempts(), result.cpuPerWall());
    }

    static Ran of(List<Attempt> attempts, Optional<Duration> cpu) {
        Duration wall = Duration.between(firstStart(attempts), lastFinish(attempts));
        return new Ran(
                attempts,
                cpu.map(spent -> spent.toNanos() / (double) Math.max(1, wall.toNanos()))
                        .orElse(null));
    }

    Instant firstStart() {
        return firstStart(attempts);
    }

    private static Instant firstStart(List<Attempt> attempts) {
        return attempts.stream()
                .map(Attempt::startedAt)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static Instant lastFinish(List<Attempt> attempts) {
        return attempts.stream()
                .map(Trial::finishedAt)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
