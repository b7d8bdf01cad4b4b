package dev.lanes.pipeline;

import dev.lanes.task.Task;
import dev.lanes.task.TaskId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that wait for their time: where each lies in Kafka, and the task itself as far as memory allows. Not
 * thread-safe.
 */
final class Waitlist {
    private final long maxBytes;
    private final Map<String, Waiting> byKey = new HashMap<>();
    private final Map<TaskId, String> keys = new HashMap<>();
    /** Holds some that are no longer on the list, until their time. */
    private final PriorityQueue<Waiting> byTime = new PriorityQueue<>(Comparator.comparing(Waiting::due));

    private long bytes;

    /**
     * A task that waits.
     *
     * @param task null where there was no room for it
     * @param bytes for how much it counts
     */
    record Waiting(
            String key,
            TaskId id,
            Instant due,
            TopicPartition partition,
            long offset,
            @Nullable Task task,
            int bytes) {}

    /**
     * @param maxBytes of the records of the tasks that are held
     */
    Waitlist(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Adds a task, in the place of the one with that key. */
    void put(String key, Task task, TopicPartition partition, long offset, int size) {
        remove(key);
        Instant due = task.notBefore() == null ? Instant.EPOCH : task.notBefore();
        boolean room = bytes + size <= maxBytes;
        Waiting waiting = new Waiting(key, task.id(), due, partition, offset, room ? task : null, room ? size : 0);
        bytes += waiting.bytes();
        byKey.put(key, waiting);
        if (!Schedule.isLease(key)) {
            keys.put(task.id(), key);
        }
        byTime.add(waiting);
    }

    void remove(String key) {
        Waiting gone = byKey.remove(key);
        if (gone != null) {
            bytes -= gone.bytes();
            keys.remove(gone.id(), key);
        }
    }

    /** Takes a task off the list; empty when it does not wait, or runs meanwhile. */
    Optional<Waiting> take(TaskId id) {
        Optional<Waiting> waiting = Optional.ofNullable(keys.get(id)).map(byKey::get);
        waiting.ifPresent(found -> remove(found.key()));
        return waiting;
    }

    void removeAllOf(Collection<TopicPartition> partitions) {
        byKey.values().stream()
                .filter(waiting -> partitions.contains(waiting.partition()))
                .map(Waiting::key)
                .toList()
                .forEach(this::remove);
        dropGone();
    }

    void clear() {
        byKey.clear();
        keys.clear();
        byTime.clear();
        bytes = 0;
    }

    /** When the next task's time comes; empty when none waits. */
    Optional<Instant> next() {
        return Optional.ofNullable(first()).map(Waiting::due);
    }

    /** Takes the next task whose time has come off the list; empty when there is none. */
    Optional<Waiting> pollDue(Instant now) {
        Waiting first = first();
        if (first == null || first.due().isAfter(now)) {
            return Optional.empty();
        }
        byTime.remove();
        remove(first.key());
        return Optional.of(first);
    }

    private @Nullable Waiting first() {
        Waiting first = byTime.peek();
        while (first != null && byKey.get(first.key()) != first) {
            byTime.remove();
            first = byTime.peek();
        }
        return first;
    }

    private void dropGone() {
        byTime.removeIf(waiting -> byKey.get(waiting.key()) != waiting);
    }
}
