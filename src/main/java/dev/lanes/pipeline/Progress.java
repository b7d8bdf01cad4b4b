package dev.lanes.pipeline;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a member of a consumer group has come in each of its partitions. Batches may be done in any order; none is
 * committed before all that lie ahead of it.
 */
final class Progress {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

    private record Taken(Batch batch, OffsetAndMetadata next) {}

    /** One partition, since it became ours. */
    private static final class Share {
        final int since;
        final Deque<Taken> taken = new ArrayDeque<>();
        long done = -1;
        long committed = -1;

        Share(int since) {
            this.since = since;
        }

        void advance() {
            while (!taken.isEmpty() && taken.peek().batch().isDone()) {
                done = taken.remove().next().offset();
            }
        }
    }

    /** Guarded by this. */
    private final Map<TopicPartition, Share> shares = new HashMap<>();

    /**
     * Partitions have become ours.
     *
     * @param generation of the group, which rises with each change in it
     */
    synchronized void assigned(Collection<TopicPartition> partitions, int generation) {
        partitions.forEach(partition -> shares.put(partition, new Share(generation)));
    }

    /**
     * Counts a batch in that is about to be dispatched.
     *
     * @param records of one partition, in order
     * @param generation of the group in which they were read
     * @return false when the partition has left us since, and somebody else, or we again, will get the records anew
     */
    synchronized boolean take(List<ConsumerRecord<byte[], byte[]>> records, int generation, Batch batch) {
        ConsumerRecord<byte[], byte[]> last = records.getLast();
        Share share = shares.get(new TopicPartition(last.topic(), last.partition()));
        if (share == null || generation < share.since) {
            return false;
        }
        share.taken.add(new Taken(batch, new OffsetAndMetadata(last.offset() + 1)));
        return true;
    }

    /** The offsets up to which all is done, where they have not been committed. */
    synchronized Map<TopicPartition, OffsetAndMetadata> uncommitted() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        shares.forEach((partition, share) -> {
            share.advance();
            if (share.done > share.committed) {
                offsets.put(partition, new OffsetAndMetadata(share.done));
            }
        });
        return offsets;
    }

    /** Kafka has these offsets. */
    synchronized void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> {
            Share share = shares.get(partition);
            if (share != null) {
                share.committed = Math.max(share.committed, offset.offset());
            }
        });
    }

    /** Gives up what does not run yet of partitions that leave us, and waits for the rest of it, for some time. */
    void finish(Collection<TopicPartition> partitions, Duration patience) throws InterruptedException {
        giveUp(partitions);
        long deadline = System.nanoTime() + patience.toNanos();
        while (isUnderWay(partitions) && System.nanoTime() < deadline) {
            Thread.sleep(LOOK_AGAIN);
        }
    }

    /** Partitions are no longer ours. */
    synchronized void revoked(Collection<TopicPartition> partitions) {
        shares.keySet().removeAll(partitions);
    }

    private synchronized void giveUp(Collection<TopicPartition> partitions) {
        batches(partitions).forEach(Batch::giveUp);
    }

    private synchronized boolean isUnderWay(Collection<TopicPartition> partitions) {
        return batches(partitions).stream().anyMatch(Batch::isUnderWay);
    }

    private List<Batch> batches(Collection<TopicPartition> partitions) {
        return shares.entrySet().stream()
                .filter(share -> partitions.contains(share.getKey()))
                .flatMap(share -> share.getValue().taken.stream())
                .map(Taken::batch)
                .toList();
    }
}
