package dev.lanes.ledger;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.common.TopicPartition;

/** Those who wait for the ledger to have read up to certain offsets. */
final class Arrivals {
    private record Waiting(Map<TopicPartition, Long> ends, CompletableFuture<Void> done) {}

    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

    /** Completes when all partitions have been read up to those offsets. */
    CompletableFuture<Void> passedAll(Map<TopicPartition, Long> ends) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        waiting.add(new Waiting(ends, done));
        return done;
    }

    /** The ledger's thread has read up to here. */
    void passed(Map<TopicPartition, Long> positions) {
        waiting.removeIf(one -> {
            boolean all = one.ends().entrySet().stream()
                    .allMatch(end -> positions.getOrDefault(end.getKey(), 0L) >= end.getValue());
            if (all) {
                one.done().complete(null);
            }
            return all || one.done().isDone();
        });
    }
}
