package dev.lanes.ledger;

import dev.lanes.task.Attempt;
import dev.lanes.task.LaneName;
import dev.lanes.task.TaskId;
import dev.lanes.task.TaskState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger holds of one task. Payload and result stay in Kafka, and are read there when somebody asks. A copy of
 * what {@link Entries} hold.
 */
final class Entry {
    static final long NOWHERE = -1;

    final TaskId id;
    String type;
    LaneName lane;

    @Nullable
    String key;

    @Nullable
    String batch;

    TaskState state = TaskState.QUEUED;
    long submittedMicros;

    /** Until when it waits for its next attempt, if it does; 0 when that has not been said. */
    long notBeforeMicros;

    long finishedMicros;
    int generation = 1;

    /** Whether the task's own record has been read; its outcome may come first, from another partition. */
    boolean published;

    /** Whether one of its records has been read that counts it as published; the others do not. */
    boolean countedAsPublished;

    /** Whether the totals did not yet cover one of its records: they cover an end once they cover both. */
    boolean counted;

    /** When Kafka got the task's record, in milliseconds. */
    long recordMillis;

    /** Where the record of the task is, in its lane and among those that wait for their time, and that of its end. */
    long taskAt = NOWHERE;

    long scheduledAt = NOWHERE;

    long outcomeAt = NOWHERE;

    /** The generation of the task's newest record in its lane; 0 when none has been read. */
    int taskGeneration;

    /** Of the present life, and of those before it, each of which ended with the task's death. */
    List<Attempt> attempts = List.of();

    List<Attempt> earlier = List.of();

    /** How many of those lives have begun to be followed by another before their own end was read. */
    int endsToCome;

    Entry(TaskId id, String type, LaneName lane) {
        this.id = id;
        this.type = type;
        this.lane = lane;
    }

    static long position(int partition, long offset) {
        return (long) partition << 48 | offset;
    }

    static int partition(long position) {
        return (int) (position >>> 48);
    }

    static long offset(long position) {
        return position & 0xffffffffffffL;
    }

    static long micros(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1000);
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
    }
}
