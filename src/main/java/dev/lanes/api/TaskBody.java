package dev.lanes.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.lanes.ledger.TaskView;
import dev.lanes.pipeline.Intake;
import dev.lanes.task.Attempt;
import dev.lanes.task.LaneName;
import dev.lanes.task.Outcome;
import dev.lanes.task.RawJson;
import dev.lanes.task.Task;
import dev.lanes.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task as REST shows it.
 *
 * @param notBefore until when it waits for its next attempt; null when it does not
 * @param waitMs from submission to the start of the last attempt
 * @param runMs from the start of the last attempt to its end
 */
public record TaskBody(
        String id,
        String type,
        String lane,
        @Nullable String key,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String batch,
        TaskState state,

        @JsonInclude(JsonInclude.Include.NON_NULL) @JsonRawValue @Nullable
        String payload,

        Instant submittedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant notBefore,
        List<AttemptBody> attempts,
        @Nullable Double waitMs,
        @Nullable Double runMs,
        @JsonRawValue @Nullable String result,
        @Nullable String error,
        List<String> warnings,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant cancelRequestedAt) {

    /** One attempt. */
    public record AttemptBody(
            int number,
            String lane,
            String host,
            long pid,
            String thread,
            boolean virtualThread,
            Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable Outcome outcome,
            @Nullable String error) {

        static AttemptBody of(Attempt attempt) {
            return new AttemptBody(
                    attempt.number(),
                    attempt.lane().toString(),
                    attempt.place().host(),
                    attempt.place().pid(),
                    attempt.place().thread(),
                    attempt.place().virtualThread(),
                    attempt.startedAt(),
                    attempt.finishedAt(),
                    attempt.outcome(),
                    attempt.error());
        }
    }

    static TaskBody of(TaskView task) {
        Attempt last = task.attempts().isEmpty() ? null : task.attempts().getLast();
        return new TaskBody(
                task.id().toString(),
                task.type(),
                task.lane().toString(),
                task.key(),
                task.batch(),
                task.state(),
                text(task.payload()),
                task.submittedAt(),
                task.notBefore(),
                task.attempts().stream().map(AttemptBody::of).toList(),
                last == null ? null : (Double) millis(task.submittedAt(), last.startedAt()),
                last == null ? null : millisIfEnded(last),
                text(task.result()),
                last == null ? null : last.error(),
                List.of(),
                null);
    }

    /** A task that has just been published. */
    static TaskBody of(Intake.Checked published) {
        Task task = published.task();
        LaneName lane = task.lane();
        return new TaskBody(
                task.id().toString(),
                task.type(),
                lane.toString(),
                task.key(),
                task.batch(),
                task.notBefore() == null ? TaskState.QUEUED : TaskState.SCHEDULED,
                text(task.payload()),
                task.submittedAt(),
                task.notBefore(),
                List.of(),
                null,
                null,
                null,
                null,
                published.warnings(),
                null);
    }

    /** The same, of which somebody asked at that time that it be cancelled. */
    TaskBody cancelledAt(Instant asked) {
        return new TaskBody(
                id,
                type,
                lane,
                key,
                batch,
                state,
                payload,
                submittedAt,
                notBefore,
                attempts,
                waitMs,
                runMs,
                result,
                error,
                warnings,
                asked);
    }

    private static @Nullable String text(@Nullable RawJson json) {
        return json == null ? null : json.toString();
    }

    private static @Nullable Double millisIfEnded(Attempt attempt) {
        Instant end = attempt.finishedAt();
        return end == null ? null : (Double) millis(attempt.startedAt(), end);
    }

    private static double millis(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toNanos() / 1000) / 1000.0;
    }
}
