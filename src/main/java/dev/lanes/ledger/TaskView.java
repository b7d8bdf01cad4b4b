package dev.lanes.ledger;

import dev.lanes.task.Attempt;
import dev.lanes.task.LaneName;
import dev.lanes.task.RawJson;
import dev.lanes.task.TaskId;
import dev.lanes.task.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A task as the ledger tells it.
 *
 * @param payload null where it was not asked for, or Kafka no longer has it
 * @param result null where there is none, or as for the payload
 */
public record TaskView(
        TaskId id,
        String type,
        LaneName lane,
        @Nullable String key,
        @Nullable String batch,
        TaskState state,
        Instant submittedAt,
        List<Attempt> attempts,
        @Nullable RawJson payload,
        @Nullable RawJson result) {

    static TaskView of(Entry entry) {
        return new TaskView(
                entry.id,
                entry.type,
                entry.lane,
                entry.key,
                entry.batch,
                entry.state,
                Entry.instant(entry.submittedMicros),
                Stream.concat(entry.earlier.stream(), entry.attempts.stream()).toList(),
                null,
                null);
    }

    TaskView with(@Nullable RawJson payload, @Nullable RawJson result) {
        return new TaskView(id, type, lane, key, batch, state, submittedAt, attempts, payload, result);
    }
}
