package dev.lanes.race.experiment;

import dev.lanes.pipeline.OutcomeRecord;
import dev.lanes.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one task did to its neighbours, all of which were running when it struck.
 *
 * @param neighbours how many there were
 * @param hurt how many failed, or lost what they had done, as they had to begin again
 * @param lost how many never ended
 * @param recovery from the strike to the first new start of one that was hurt; null when none started again
 */
record Harm(int neighbours, int hurt, int lost, @Nullable Duration recovery) {
    /**
     * Tells it from how the neighbours ended.
     *
     * @param ends of those that did
     * @param struckAt the moment, after which whatever starts has been started again
     */
    static Harm of(int neighbours, List<OutcomeRecord> ends, Instant struckAt) {
        List<OutcomeRecord> again = ends.stream()
                .filter(end -> end.attempt().startedAt().isAfter(struckAt))
                .toList();
        long failed = ends.stream()
                .filter(end -> !again.contains(end) && end.state() != TaskState.SUCCEEDED)
                .count();
        Duration recovery = again.stream()
                .map(end -> Duration.between(struckAt, end.attempt().startedAt()))
                .min(Duration::compareTo)
                .orElse(null);
        int lost = neighbours - ends.size();
        return new Harm(neighbours, again.size() + (int) failed + lost, lost, recovery);
    }

    /** How long recovery took, in seconds; 0 when there was none. */
    double recoverySeconds() {
        return recovery == null ? 0 : recovery.toNanos() / 1e9;
    }

    boolean none() {
        return hurt == 0;
    }

    boolean all() {
        return hurt == neighbours;
    }
}
