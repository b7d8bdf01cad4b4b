package dev.lanes.pipeline;

import dev.lanes.task.Task;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A few records of one partition, each of which is settled once its outcome is in Kafka, in any order. */
final class Batch {
    /** How far its offsets may lie apart. */
    static final int SPAN = Long.SIZE;

    private final long from;
    /** A bit for each record's offset, counted from the first. */
    private final long all;

    private final AtomicLong settled = new AtomicLong();
    private final AtomicInteger underWay = new AtomicInteger();
    private final Semaphore room;
    private final Runnable whenSettled;

    /** With which attempt a task goes on whose record stays, by its offset. Copied on write: there are few. */
    private volatile Map<Long, Integer> attempts = Map.of();

    private volatile boolean givenUp;

    /**
     * @param records in order, fewer than {@link #SPAN} offsets apart
     * @param room of which each record holds a permit from its begin until it is settled or left
     * @param whenSettled runs once when the last record has been settled
     */
    Batch(List<ConsumerRecord<byte[], byte[]>> records, Semaphore room, Runnable whenSettled) {
        this.from = records.getFirst().offset();
        this.all = records.stream().mapToLong(this::bit).reduce(0, (some, bit) -> some | bit);
        this.room = room;
        this.whenSettled = whenSettled;
    }

    private long bit(ConsumerRecord<?, ?> record) {
        return 1L << Math.toIntExact(record.offset() - from);
    }

    /** Counts a record as settled that never has to begin. */
    void skip(ConsumerRecord<?, ?> record) {
        settled.accumulateAndGet(bit(record), (some, bit) -> some | bit);
    }

    /** Begins one record, as soon as there is room for it; false when the batch has been given up. */
    boolean beginOne() throws InterruptedException {
        room.acquire();
        underWay.incrementAndGet();
        if (givenUp) {
            leaveOne();
            return false;
        }
        return true;
    }

    /** The outcome of a record that had been begun is in Kafka. */
    void settle(ConsumerRecord<?, ?> record) {
        underWay.decrementAndGet();
        room.release();
        long bit = bit(record);
        long before = settled.getAndAccumulate(bit, (some, more) -> some | more);
        if (before != all && (before | bit) == all) {
            whenSettled.run();
        }
    }

    /** A task has failed, and goes on with another attempt of which no record tells. */
    synchronized void goesOnWith(long offset, int attempt) {
        Map<Long, Integer> more = new HashMap<>(attempts);
        more.put(offset, attempt);
        attempts = Map.copyOf(more);
    }

    /** A record's task, with the attempt with which it goes on. */
    Task goneOn(ConsumerRecord<?, ?> record, Task task) {
        Map<Long, Integer> some = attempts;
        Integer attempt = some.isEmpty() ? null : some.get(record.offset());
        return attempt == null || attempt <= task.attempt() ? task : task.withAttempt(attempt, task.notBefore());
    }

    /** One record that had been begun is left to whoever gets it next. */
    void leaveOne() {
        underWay.decrementAndGet();
        room.release();
    }

    /** Leaves what does not run yet to whoever gets it next. */
    void giveUp() {
        givenUp = true;
    }

    boolean isGivenUp() {
        return givenUp;
    }

    /** Whether some have been begun, and neither settled nor left. */
    boolean isUnderWay() {
        return underWay.get() > 0;
    }

    boolean isSettled() {
        return settled.get() == all;
    }

    /** The offset of the first record that is not settled, or behind the last. */
    long next() {
        long open = all & ~settled.get();
        return open == 0 ? from + SPAN - Long.numberOfLeadingZeros(all) : from + Long.numberOfTrailingZeros(open);
    }

    /** With which attempts tasks go on, by their offsets; some may have been settled since. */
    Map<Long, Integer> attempts() {
        return attempts;
    }

    /** Adds the offsets of those that are settled to a set of offsets that counts from {@code base}. */
    void addSettled(BitSet offsets, long base) {
        for (long left = settled.get(); left != 0; left &= left - 1) {
            long offset = from + Long.numberOfTrailingZeros(left) - base;
            if (offset >= 0) {
                offsets.set(Math.toIntExact(offset));
            }
        }
    }
}
