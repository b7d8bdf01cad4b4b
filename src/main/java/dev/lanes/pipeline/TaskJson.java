package dev.lanes.pipeline;

import dev.lanes.task.LaneName;
import dev.lanes.task.Task;
import dev.lanes.task.TaskId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A task as a record of {@code lanes.tasks.<lane>}: the contract that any Kafka client may write. */
public final class TaskJson {
    private TaskJson() {}

    /**
     * Reads a record of a task topic. What a foreign client left out is filled in: the id is named after topic,
     * partition and offset, and the task counts as submitted at the record's time.
     *
     * @throws Malformed when it cannot be run
     */
    public static Task read(ConsumerRecord<byte[], byte[]> record) throws Malformed {
        byte[] json = record.value();
        if (json == null) {
            throw new Malformed("", "the record has no value");
        }
        LaneName lane = Topics.laneOf(record.topic());
        TaskFields fields = TaskFields.read(json, 0, json.length, TaskFields.RECORD);
        if (fields.lane != null && fields.lane != lane) {
            throw new Malformed("lane", "says " + fields.lane + ", but the record lies in " + record.topic());
        }
        return task(fields, lane, record);
    }

    /**
     * Reads a record of {@code lanes.scheduled}.
     *
     * @throws Malformed when it is none of ours
     */
    public static Task readScheduled(ConsumerRecord<byte[], byte[]> record) throws Malformed {
        byte[] json = record.value();
        TaskFields fields = TaskFields.read(json, 0, json.length, TaskFields.RECORD);
        if (fields.lane == null) {
            throw new Malformed("lane", "is missing");
        }
        return task(fields, fields.lane, record);
    }

    private static Task task(TaskFields fields, LaneName lane, ConsumerRecord<byte[], byte[]> record) throws Malformed {
        if (fields.type == null) {
            throw new Malformed("type", "is missing");
        }
        return new Task(
                fields.id != null ? fields.id : idOf(record),
                fields.generation,
                fields.attempt,
                fields.type,
                lane,
                fields.key,
                fields.ordered,
                fields.batch,
                fields.limits(),
                fields.submittedAt != null ? fields.submittedAt : Instant.ofEpochMilli(record.timestamp()),
                fields.notBefore,
                fields.payload);
    }

    /** The id of a record that names none that is usable. */
    public static TaskId idOf(ConsumerRecord<byte[], byte[]> record) {
        return TaskId.named(record.topic(), Integer.toString(record.partition()), Long.toString(record.offset()));
    }

    /** Writes the record's value; the payload last, so that a reader who does not need it can stop before it. */
    static byte[] write(Task task) {
        JsonText json = new JsonText()
                .word("id", task.id().toString())
                .number("generation", task.generation())
                .number("attempt", task.attempt())
                .text("type", task.type())
                .word("lane", task.lane().toString())
                .time("submittedAt", task.submittedAt())
                .text("key", task.key());
        if (task.key() != null && !task.ordered()) {
            json.flag("ordered", false);
        }
        json.text("batch", task.batch());
        Duration timeout = task.limits().timeout();
        if (timeout != null) {
            json.number("timeoutMs", timeout.toMillis());
        }
        Integer maxAttempts = task.limits().maxAttempts();
        if (maxAttempts != null) {
            json.number("maxAttempts", maxAttempts);
        }
        return json.time("notBefore", task.notBefore())
                .json("payload", task.payload())
                .bytes();
    }

    /** The record's key: the task's own, else its id. */
    static byte[] key(Task task) {
        String key = task.key();
        return (key != null ? key : task.id().toString()).getBytes(StandardCharsets.UTF_8);
    }
}
