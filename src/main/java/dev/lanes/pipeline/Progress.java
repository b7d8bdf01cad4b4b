package dev.lanes.pipeline;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How far a member of a consumer group has come in each of its partitions. Tasks may be done in any order: the offset
 * to commit lies before the first that is not, and with it goes what is done beyond it, and how often what is not done
 * has been tried.
 */
final class Progress {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

    /** One partition, since it became ours. */
    private static final class Share {
        private final int since;
        private final DoneAhead before;
        private final Deque<Batch> taken = new ArrayDeque<>();
        private long position = -1;
        private @Nullable OffsetAndMetadata committed;

        Share(int since, DoneAhead before) {
            this.since = since;
            this.before = before;
        }

        /** What to commit; null before the first batch. */
        @Nullable
        OffsetAndMetadata toCommit() {
            while (!taken.isEmpty() && taken.element().isSettled()) {
                position = taken.remove().next();
            }
            if (!taken.isEmpty()) {
                position = taken.element().next();
            }
            if (position < 0) {
                return null;
            }
            BitSet ahead = new BitSet();
            before.addTo(ahead, position);
            SortedMap<Long, Integer> attempts = new TreeMap<>(before.attempts().tailMap(position));
            for (Batch batch : taken) {
                batch.addSettled(ahead, position);
                attempts.putAll(batch.attempts());
            }
            attempts.keySet().removeIf(offset -> offset < position || ahead.get((int) (offset - position)));
            return new DoneAhead(position, ahead, attempts).toCommit();
        }
    }

    /** Guarded by this. */
    private final Map<TopicPartition, Share> shares = new HashMap<>();

    /**
     * Partitions have become ours.
     *
     * @param generation of the group, which rises with each change in it
     * @param committed what has been committed for them, as far as that is known
     */
    synchronized void assigned(
            Collection<TopicPartition> partitions, int generation, Map<TopicPartition, OffsetAndMetadata> committed) {
        partitions.forEach(
                partition -> shares.put(partition, new Share(generation, DoneAhead.read(committed.get(partition)))));
    }

    /**
     * Counts a batch in that is about to be dispatched.
     *
     * @param records of the batch, all of one partition
     * @param generation of the group in which they were read
     * @return those that have not been done before; none when the partition has left us since, as somebody else, or we
     *     again, will get them anew
     */
    synchronized List<ConsumerRecord<byte[], byte[]>> take(
            List<ConsumerRecord<byte[], byte[]>> records, int generation, Batch batch) {
        ConsumerRecord<byte[], byte[]> first = records.getFirst();
        Share share = shares.get(new TopicPartition(first.topic(), first.partition()));
        if (share == null || generation < share.since) {
            return List.of();
        }
        share.taken.add(batch);
        share.before
                .attempts()
                .subMap(first.offset(), records.getLast().offset() + 1)
                .forEach(batch::goesOnWith);
        return records.stream()
                .filter(record -> {
                    boolean done = share.before.has(record.offset());
                    if (done) {
                        batch.skip(record);
                    }
                    return !done;
                })
                .toList();
    }

    /** What to commit, where it has not been. */
    synchronized Map<TopicPartition, OffsetAndMetadata> uncommitted() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        shares.forEach((partition, share) -> {
            OffsetAndMetadata next = share.toCommit();
            if (next != null && !next.equals(share.committed)) {
                offsets.put(partition, next);
            }
        });
        return offsets;
    }

    /** Kafka has these offsets. */
    synchronized void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> {
            Share share = shares.get(partition);
            if (share != null) {
                share.committed = offset;
            }
        });
    }

    /** Gives up what does not run yet of partitions that leave us, and waits for the rest of it, for some time. */
    void finish(Collection<TopicPartition> partitions, Duration patience) throws InterruptedException {
        List<Batch> leaving = batches(partitions);
        leaving.forEach(Batch::giveUp);
        long deadline = System.nanoTime() + patience.toNanos();
        while (leaving.stream().anyMatch(Batch::isUnderWay) && System.nanoTime() < deadline) {
            Thread.sleep(LOOK_AGAIN);
        }
    }

    private synchronized List<Batch> batches(Collection<TopicPartition> partitions) {
        return partitions.stream()
                .map(shares::get)
                .filter(Objects::nonNull)
                .flatMap(share -> share.taken.stream())
                .toList();
    }

    /** Partitions are no longer ours. */
    synchronized void revoked(Collection<TopicPartition> partitions) {
        shares.keySet().removeAll(partitions);
    }
}
