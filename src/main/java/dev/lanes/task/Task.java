package dev.lanes.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One unit of work, as it travels through Kafka.
 *
 * @param generation raised each time that somebody redrives the task; the first is 1
 * @param attempt the number of the attempt that this record asks for; the first is 1
 * @param type names the handler that runs it
 * @param key tasks of one key lie in one partition; null for none
 * @param ordered whether tasks of its key run one after the other, in the order in which they came
 * @param batch the batch with which it was published; null for none
 * @param limits what it may take
 * @param notBefore when it shall run at the earliest; null for at once
 */
public record Task(
        TaskId id,
        int generation,
        int attempt,
        String type,
        LaneName lane,
        @Nullable String key,
        boolean ordered,
        @Nullable String batch,
        Limits limits,
        Instant submittedAt,
        @Nullable Instant notBefore,
        RawJson payload) {

    /** The longest payload, in bytes. */
    public static final int MAX_PAYLOAD_BYTES = 256 * 1024;
    /** The longest result, in bytes of JSON. */
    public static final int MAX_RESULT_BYTES = 512 * 1024;
    /** The longest error text, in characters. */
    public static final int MAX_ERROR_CHARS = 8 * 1024;

    /** The same task's record for another attempt, at once. */
    public Task withAttempt(int number) {
        return withAttempt(number, null);
    }

    /** The same task's record for another attempt, not before some time. */
    public Task withAttempt(int number, @Nullable Instant notBefore) {
        return new Task(
                id, generation, number, type, lane, key, ordered, batch, limits, submittedAt, notBefore, payload);
    }

    /** The same task, dead until now, in another life. */
    public Task redriven(LaneName to) {
        return new Task(id, generation + 1, 1, type, to, key, ordered, batch, limits, submittedAt, null, payload);
    }

    /** The key whose tasks run one after the other; null when it may run beside any other. */
    public @Nullable String orderedBy() {
        return ordered ? key : null;
    }

    /** Since when it may run: from then on it waits for nothing but its lane. */
    public Instant readyAt() {
        return notBefore != null && notBefore.isAfter(submittedAt) ? notBefore : submittedAt;
    }
}
