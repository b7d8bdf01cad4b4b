package dev.lanes.pipeline;

import dev.lanes.task.Task;
import dev.lanes.task.TaskId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Where a task's record belongs: to its lane, or to those whose time has not come. */
public final class Schedule {
    /** On the record of a task in its lane that lay in {@code lanes.scheduled} before. */
    private static final String MARK = "lanes-scheduled";

    /** Before the id of a task that runs, and is to run again when nobody says any more that it does. */
    private static final String LEASE = "lease/";

    /** Between the clocks of two hosts. */
    private static final Duration SLACK = Duration.ofSeconds(1);

    private Schedule() {}

    static ProducerRecord<byte[], byte[]> record(Task task, Topics topics) {
        byte[] key = task.notBefore() == null ? TaskJson.key(task) : key(task).getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(topic(task, topics), key, TaskJson.write(task));
    }

    /** Where a task is written: to its lane, or to those whose time has not come. */
    static String topic(Task task, Topics topics) {
        return task.notBefore() == null ? topics.tasks(task.lane()) : topics.scheduled();
    }

    /** A later attempt may be scheduled before the record of the one before has been taken away. */
    private static String key(Task task) {
        return task.id() + "/" + task.generation() + "/" + task.attempt();
    }

    static String leaseKey(TaskId id) {
        return LEASE + id;
    }

    /** Whether a task that lies under a key of {@code lanes.scheduled} runs meanwhile, and is no more than insured there. */
    public static boolean isLease(String key) {
        return key.startsWith(LEASE);
    }

    /** The id of the task whose first attempt waits under a key of {@code lanes.scheduled}; else some other text. */
    public static String idOfFirst(String key) {
        return key.endsWith("/1") ? key.substring(0, key.indexOf('/')) : key;
    }

    /** Whether a record of a lane, written by somebody else, is one that should wait. */
    static boolean isEarly(Task task, InstantSource clock) {
        Instant notBefore = task.notBefore();
        return notBefore != null && notBefore.isAfter(clock.instant().plus(SLACK));
    }

    static Header mark() {
        return new RecordHeader(MARK, new byte[0]);
    }

    /** Whether the task of a record in its lane has been counted as published when it was scheduled. */
    public static boolean hasWaited(ConsumerRecord<byte[], byte[]> record) {
        return record.headers().lastHeader(MARK) != null;
    }
}
