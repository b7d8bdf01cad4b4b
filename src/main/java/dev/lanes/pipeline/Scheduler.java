package dev.lanes.pipeline;

import dev.lanes.task.Task;
import dev.lanes.task.TaskId;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Gives tasks to their lanes when their time has come. Each partition of {@code lanes.scheduled} has one owner among
 * the processes that serve the API, which reads it from its beginning: what waits there is never in memory alone.
 */
@Singleton
public final class Scheduler {
    private static final Logger LOG = Logger.getLogger(Scheduler.class);
    /** Well below the 250 ms by which a task may be late. */
    private static final Duration POLL = Duration.ofMillis(100);

    private static final Duration LEAVE = Duration.ofSeconds(1);
    private static final long MAX_HELD_BYTES = 16L * 1024 * 1024;

    private final KafkaClients clients;
    private final Topics topics;
    private final PipelineConfig config;
    private final Outcomes outcomes;
    private final CancelRequests cancels;
    private final Waitlist waiting = new Waitlist(MAX_HELD_BYTES);
    /** Up to where a partition must be read before anything is done: a task may have been taken away further on. */
    private final Map<TopicPartition, Long> unread = new HashMap<>();

    /** Lest what waits should wait for ever. */
    private final Follower follower = new Follower("scheduler", "the scheduler", this::follow, Scheduler::lost);

    Scheduler(KafkaClients clients, Topics topics, PipelineConfig config, Outcomes outcomes, CancelRequests cancels) {
        this.cancels = cancels;
        this.clients = clients;
        this.topics = topics;
        this.config = config;
        this.outcomes = outcomes;
    }

    void start(@Observes StartupEvent event) {
        if (config.servesApi()) {
            follower.start();
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        follower.stop();
        follower.awaitEnd(Duration.ofSeconds(2));
    }

    private static void lost(RuntimeException away) {
        LOG.warnf("the scheduler lost Kafka (%s): it goes on once Kafka is back", away);
    }

    private void follow() {
        Consumer<byte[], byte[]> consumer = clients.member(topics.scheduled(), config.instance());
        try (RecordLookup lookup = new RecordLookup(clients, "scheduler-lookup")) {
            consumer.subscribe(List.of(topics.scheduled()), new FromTheBeginning(consumer));
            while (!follower.isStopping()) {
                consumer.poll(untilNext()).forEach(this::take);
                unread.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
                if (unread.isEmpty()) {
                    cancel(lookup);
                    fire(Instant.now(), lookup);
                }
            }
        } finally {
            waiting.clear();
            unread.clear();
            consumer.close(CloseOptions.timeout(LEAVE));
        }
    }

    private Duration untilNext() {
        Duration until =
                waiting.next().map(due -> Duration.between(Instant.now(), due)).orElse(POLL);
        if (until.isNegative()) {
            return unread.isEmpty() ? Duration.ZERO : POLL;
        }
        return until.compareTo(POLL) < 0 ? until : POLL;
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            // A compacted topic takes no such record.
            return;
        }
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            waiting.remove(key);
            return;
        }
        try {
            waiting.put(
                    key,
                    TaskJson.readScheduled(record),
                    new TopicPartition(record.topic(), record.partition()),
                    record.offset(),
                    record.value().length);
        } catch (Malformed unreadable) {
            waiting.remove(key);
            DeadLetter letter = new DeadLetter(
                    TaskJson.idOf(record),
                    1,
                    "unreadable",
                    "cannot be read: " + unreadable.line(),
                    Instant.now(),
                    List.of(),
                    record);
            outcomes.publish(letter, () -> takeAway(key));
        }
    }

    /** Ends those that are to be cancelled, without waiting for their time. */
    private void cancel(RecordLookup lookup) {
        for (TaskId id : cancels.all()) {
            waiting.take(id)
                    .ifPresent(cancelled -> task(cancelled, lookup)
                            .ifPresent(task -> outcomes.publish(
                                    OutcomeRecord.neverRun(task, Instant.now()), () -> takeAway(cancelled.key()))));
        }
    }

    /** Writes those whose time has come to their lanes, and then takes them away here. */
    private void fire(Instant now, RecordLookup lookup) {
        for (var due = waiting.pollDue(now); due.isPresent(); due = waiting.pollDue(now)) {
            String key = due.get().key();
            task(due.get(), lookup).ifPresent(task -> outcomes.enqueueScheduled(task, () -> takeAway(key)));
        }
    }

    private void takeAway(String key) {
        outcomes.sendTombstone(topics.scheduled(), key);
    }

    private static Optional<Task> task(Waitlist.Waiting due, RecordLookup lookup) {
        Task held = due.task();
        if (held != null) {
            return Optional.of(held);
        }
        ConsumerRecord<byte[], byte[]> record = lookup.read(due.partition(), due.offset())
                .orElseThrow(() -> new KafkaException("no record at " + due.partition() + ", " + due.offset()));
        try {
            return Optional.of(TaskJson.readScheduled(record));
        } catch (Malformed changed) {
            throw new IllegalStateException("was read before", changed);
        }
    }

    /** Nothing is committed: what has been done is no longer there. */
    private final class FromTheBeginning implements ConsumerRebalanceListener {
        private final Consumer<byte[], byte[]> consumer;

        FromTheBeginning(Consumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            consumer.seekToBeginning(partitions);
            unread.putAll(consumer.endOffsets(partitions));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            waiting.removeAllOf(partitions);
            unread.keySet().removeAll(partitions);
        }
    }
}
