package dev.lanes.pipeline;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.ShareConsumer;

/**
 * What a member of a share group has in hand: the records of one poll, each locked for it until it is acknowledged. For
 * the member's thread alone, but for {@link #settled}.
 */
final class Hand {
    private static final Duration POLL = Duration.ofMillis(500);

    private final ShareConsumer<byte[], byte[]> member;
    private final Map<Position, ConsumerRecord<byte[], byte[]>> held = new LinkedHashMap<>();
    private final List<ConsumerRecord<byte[], byte[]>> letGo = new ArrayList<>();
    private final Set<Position> settled = ConcurrentHashMap.newKeySet();
    private final AtomicInteger settledCount = new AtomicInteger();
    private final Thread owner = Thread.currentThread();
    /** How many have to be settled before the owner is woken. */
    private volatile int wanted = Integer.MAX_VALUE;
    /** How many will be settled in all. */
    private int all;

    private boolean holdsUpOthers;

    /** Where a record lies: a renewed one comes as another object. */
    private record Position(int partition, long offset) {
        static Position of(ConsumerRecord<byte[], byte[]> record) {
            return new Position(record.partition(), record.offset());
        }
    }

    Hand(ShareConsumer<byte[], byte[]> member, ConsumerRecords<byte[], byte[]> records) {
        this.member = member;
        records.forEach(record -> held.put(Position.of(record), record));
        this.all = held.size();
    }

    /** What is in hand, in its order. */
    Deque<ConsumerRecord<byte[], byte[]>> records() {
        return new ArrayDeque<>(held.values());
    }

    /** All that is known of a record is in Kafka; on any thread, once for each, and {@link #goOn} follows. */
    void settled(ConsumerRecord<byte[], byte[]> record) {
        settled.add(Position.of(record));
    }

    /** Nothing in Kafka says any more that the task of a settled record runs here; on any thread, once for each. */
    void goOn() {
        if (settledCount.incrementAndGet() >= wanted) {
            LockSupport.unpark(owner);
        }
    }

    boolean isSettled(ConsumerRecord<byte[], byte[]> record) {
        return settled.contains(Position.of(record));
    }

    /** Those whose tasks run, be they still locked or not. */
    List<ConsumerRecord<byte[], byte[]>> running() {
        return Stream.concat(held.values().stream(), letGo.stream())
                .filter(record -> !isSettled(record))
                .toList();
    }

    /** Acknowledges a record whose task goes on. */
    void letGo(ConsumerRecord<byte[], byte[]> record) {
        if (held.remove(Position.of(record)) != null) {
            member.acknowledge(record, AcknowledgeType.ACCEPT);
            letGo.add(record);
        }
    }

    /** Waits until all that are in hand are settled; false when that takes longer. */
    boolean awaitSettled(Duration patience) throws InterruptedException {
        return awaitSettled(all, patience);
    }

    /** The owner is woken once, not for each: to wake a thread takes longer than many a task. */
    private boolean awaitSettled(int count, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        wanted = count;
        while (settledCount.get() < count) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            LockSupport.parkNanos(this, left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return true;
    }

    /** What is begun now has to be settled before another begins. */
    void holdUpOthers() {
        holdsUpOthers = true;
    }

    /**
     * Waits until another may begin; false when that takes longer.
     *
     * @param waiting how many have not been begun
     */
    boolean awaitTurn(int waiting, Duration patience) throws InterruptedException {
        if (holdsUpOthers) {
            if (!awaitSettled(all - waiting, patience)) {
                return false;
            }
            holdsUpOthers = false;
        }
        return true;
    }

    /** Gives a record back that has not been begun; {@link #commit} then lets any other member take it. */
    void giveBack(ConsumerRecord<byte[], byte[]> record) {
        member.acknowledge(held.remove(Position.of(record)), AcknowledgeType.RELEASE);
        all--;
    }

    /** Lets Kafka know of what has been given back, at once. */
    void commit() {
        member.commitAsync();
    }

    /**
     * Keeps the locks on those that are not settled, and acknowledges the others. The broker hands out the same records
     * once more, and no others; none when all of theirs are let go.
     */
    void renew() {
        Set<Position> done = Set.copyOf(settled);
        held.forEach((position, record) ->
                member.acknowledge(record, done.contains(position) ? AcknowledgeType.ACCEPT : AcknowledgeType.RENEW));
        held.keySet().removeAll(done);
        member.commitSync();
        if (held.isEmpty()) {
            return;
        }
        for (ConsumerRecord<byte[], byte[]> again : member.poll(POLL)) {
            if (held.replace(Position.of(again), again) == null) {
                member.acknowledge(again, AcknowledgeType.RELEASE);
            }
        }
    }

    /** Acknowledges all that are in hand; Kafka hears of it with the next poll. */
    void acceptAll() {
        held.values().forEach(record -> member.acknowledge(record, AcknowledgeType.ACCEPT));
        held.clear();
    }
}
