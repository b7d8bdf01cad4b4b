package dev.lanes.pipeline;

import dev.lanes.lane.Ending;
import dev.lanes.task.Attempt;
import dev.lanes.task.Place;
import dev.lanes.task.RawJson;
import dev.lanes.task.Task;
import dev.lanes.task.TaskId;
import dev.lanes.task.TaskState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a record of {@code lanes.outcomes} says: an attempt, and the state to which it leads its task.
 *
 * @param result what the handler returned; null for nothing
 */
public record OutcomeRecord(
        TaskId id,
        int generation,
        String type,
        TaskState state,
        Instant submittedAt,
        Attempt attempt,
        @Nullable RawJson result) {

    /** That of a task that was cancelled before it ran. */
    static OutcomeRecord neverRun(Task task, Instant now) {
        Attempt attempt = new Attempt(
                task.attempt(),
                task.lane(),
                Place.here(),
                now,
                now,
                Ending.NEVER_RUN.outcome(),
                Ending.NEVER_RUN.error());
        return new OutcomeRecord(
                task.id(), task.generation(), task.type(), TaskState.CANCELLED, task.submittedAt(), attempt, null);
    }
}
