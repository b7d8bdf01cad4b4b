package dev.lanes.task;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One unit of work, as it travels through Kafka.
 *
 * @param generation raised each time that somebody redrives the task; the first is 1
 * @param attempt the number of the attempt that this record asks for; the first is 1
 * @param type names the handler that runs it
 * @param key tasks of one key lie in one partition; null for none
 * @param batch the batch with which it was published; null for none
 * @param timeout how long an attempt may run; null for the default
 */
public record Task(
        TaskId id,
        int generation,
        int attempt,
        String type,
        LaneName lane,
        @Nullable String key,
        @Nullable String batch,
        @Nullable Duration timeout,
        Instant submittedAt,
        RawJson payload) {

    /** The longest payload, in bytes. */
    public static final int MAX_PAYLOAD_BYTES = 256 * 1024;
    /** The longest result, in bytes of JSON. */
    public static final int MAX_RESULT_BYTES = 512 * 1024;
    /** The longest error text, in characters. */
    public static final int MAX_ERROR_CHARS = 8 * 1024;
    /** The longest time limit. */
    public static final Duration MAX_TIMEOUT = Duration.ofDays(1);

    /** The same task's record for another attempt. */
    public Task withAttempt(int number) {
        return new Task(id, generation, number, type, lane, key, batch, timeout, submittedAt, payload);
    }
}
