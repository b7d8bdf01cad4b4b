package dev.lanes.pipeline;

import dev.lanes.task.TaskId;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that somebody has asked to cancel and that have not ended, as {@link Control} reads them. A wish, not a
 * command: whoever has the task acts on it.
 */
@Singleton
public final class CancelRequests {
    private final Map<TaskId, Instant> requested = new ConcurrentHashMap<>();

    /** The tasks that are to be cancelled. */
    public Set<TaskId> all() {
        return Set.copyOf(requested.keySet());
    }

    /** When somebody asked for a task to be cancelled; empty when nobody has. */
    public Optional<Instant> requestedAt(TaskId id) {
        return requested.isEmpty() ? Optional.empty() : Optional.ofNullable(requested.get(id));
    }

    void forgetAll() {
        requested.clear();
    }

    /** Takes what a record says of a task; false when that is none. */
    boolean take(String id, ConsumerRecord<byte[], byte[]> record) {
        Optional<TaskId> task = TaskId.parse(id);
        task.ifPresent(known -> take(known, record.value(), record.timestamp()));
        return task.isPresent();
    }

    private void take(TaskId id, byte @Nullable [] value, long timestamp) {
        if (value == null) {
            requested.remove(id);
        } else {
            requested.put(id, time(value, timestamp));
        }
    }

    private static Instant time(byte[] value, long timestamp) {
        try {
            return Instant.parse(new String(value, StandardCharsets.UTF_8));
        } catch (DateTimeParseException foreign) {
            return Instant.ofEpochMilli(timestamp);
        }
    }
}
