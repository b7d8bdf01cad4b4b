package dev.lanes.pipeline;

import dev.lanes.task.Attempt;
import dev.lanes.task.RawJson;
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
        @Nullable RawJson result) {}
