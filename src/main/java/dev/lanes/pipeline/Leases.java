package dev.lanes.pipeline;

import dev.lanes.task.Task;
import dev.lanes.task.TaskId;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Takes a task that runs for long out of the way of those behind it: a queue hands out only so many records beyond the
 * first that is not acknowledged ({@code group.share.partition.max.record.locks}), and would then stand still. The
 * record is acknowledged while its task goes on; instead the task lies in {@code lanes.scheduled}, at a time that is put
 * off for as long as its process lives, and not counted as one that waits. When the process dies, that time comes.
 */
@Singleton
final class Leases {
    /** As long as Kafka's own lock on a record. */
    private static final Duration LEASE = Duration.ofSeconds(30);
    /** Half of the fewest locks that Kafka allows by default (2,000). */
    private static final int FAR_BEHIND = 1000;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final KafkaClients clients;
    private final Outcomes outcomes;
    private final Topics topics;
    /** Those of this process. */
    private final Set<TaskId> here = ConcurrentHashMap.newKeySet();
    /** Guarded by this. */
    private @Nullable Consumer<byte[], byte[]> reader;

    Leases(KafkaClients clients, Outcomes outcomes, Topics topics) {
        this.clients = clients;
        this.outcomes = outcomes;
        this.topics = topics;
    }

    /**
     * Sees to the tasks in a hand that have run for long by now: to be called again well within 30 s.
     *
     * @throws org.apache.kafka.common.KafkaException when Kafka does not answer within 5 s
     */
    void keep(Hand hand) {
        for (ConsumerRecord<byte[], byte[]> record : hand.running()) {
            try {
                Task task = TaskJson.read(record);
                if (here.contains(task.id()) || isFarBehind(record)) {
                    put(task);
                    hand.letGo(record);
                    if (hand.isSettled(record)) {
                        // Perhaps before it was put there.
                        takeAway(task.id());
                    }
                }
            } catch (Malformed unreadable) {
                // Such a record does not run.
            }
        }
    }

    private synchronized boolean isFarBehind(ConsumerRecord<byte[], byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        Consumer<byte[], byte[]> consumer = reader;
        if (consumer == null) {
            consumer =
                    clients.briefReader("leases", Map.of("default.api.timeout.ms", Long.toString(PATIENCE.toMillis())));
            reader = consumer;
        }
        return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L) - record.offset() > FAR_BEHIND;
    }

    private void put(Task task) {
        here.add(task.id());
        CompletableFuture<Void> written = new CompletableFuture<>();
        outcomes.send(
                topics.scheduled(),
                Schedule.leaseKey(task.id()),
                TaskJson.write(task.withAttempt(task.attempt(), Instant.now().plus(LEASE))),
                () -> written.complete(null));
        written.join();
    }

    /** The end of a task that ran here is in Kafka. */
    void end(TaskId id) {
        if (here.remove(id)) {
            takeAway(id);
        }
    }

    private void takeAway(TaskId id) {
        outcomes.sendTombstone(topics.scheduled(), Schedule.leaseKey(id));
    }

    @PreDestroy
    synchronized void close() {
        if (reader != null) {
            reader.close(CloseOptions.timeout(Duration.ofSeconds(1)));
        }
    }
}
