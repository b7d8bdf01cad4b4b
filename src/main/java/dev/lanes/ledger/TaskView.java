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
 * @param notBefore until when it waits for its next attempt; null when it does not, or that is not known
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
        @Nullable Instant notBefore,
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
                notBefore(entry),
                Stream.concat(entry.earlier.stream(), entry.attempts.stream()).toList(),
                null,
                null);
    }

    private static @Nullable Instant notBefore(Entry entry) {
        Instant time = Entry.instant(entry.notBeforeMicros);
        return switch (entry.state) {
            case SCHEDULED -> time;
            // It may be the time of the attempt that has just failed: that of the next is read from another topic.
            case RETRYING -> time.isAfter(entry.attempts.getLast().startedAt()) ? time : null;
            case QUEUED, RUNNING, SUCCEEDED, DEAD, CANCELLED -> null;
        };
    }

    TaskView with(@Nullable RawJson payload, @Nullable RawJson result) {
        return new TaskView(id, type, lane, key, batch, state, submittedAt, notBefore, attempts, payload, result);
    }
}
