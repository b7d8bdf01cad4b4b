package dev.lanes.pipeline;

import dev.lanes.task.Task;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Publishes outcomes, dead letters and next attempts. It never gives up while Kafka is away: a task whose outcome cannot
 * be written is not acknowledged either.
 */
@Singleton
public final class Outcomes {
    private static final Logger LOG = Logger.getLogger(Outcomes.class);
    /** How many bytes may wait for Kafka's acknowledgement before a lane admits no more. */
    private static final int MAX_UNSENT_BYTES = 16 * 1024 * 1024;

    private static final Duration BEFORE_SENDING_AGAIN = Duration.ofSeconds(5);

    private final Topics topics;
    private final Producer<byte[], byte[]> producer;
    private final ExecutorService followUps = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("lanes-outcomes").daemon().factory());
    private final Executor later;
    private final Semaphore room = new Semaphore(MAX_UNSENT_BYTES);

    @Inject
    Outcomes(KafkaClients clients, Topics topics) {
        this(
                clients.producer(
                        "outcomes",
                        Map.of(
                                "linger.ms",
                                "1",
                                "batch.size",
                                "65536",
                                "delivery.timeout.ms",
                                Integer.toString(Integer.MAX_VALUE),
                                "max.block.ms",
                                Long.toString(Long.MAX_VALUE))),
                topics,
                BEFORE_SENDING_AGAIN);
    }

    /**
     * @param pause before a record is sent again that Kafka has refused
     */
    Outcomes(Producer<byte[], byte[]> producer, Topics topics, Duration pause) {
        this.topics = topics;
        this.producer = producer;
        this.later = CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS, followUps);
    }

    /**
     * Sends the outcome; {@code acknowledged} runs on the producer's thread once Kafka has it, and only then.
     */
    void publish(OutcomeRecord outcome, Runnable acknowledged) {
        send(topics.outcomes(), outcome.id().toString(), OutcomeJson.write(outcome), acknowledged);
    }

    /** Sends first the dead letter, then the outcome that refers to it. */
    void publish(DeadLetter letter, OutcomeRecord outcome, Runnable acknowledged) {
        // Not on the producer's own thread: a send may wait there for the topic's metadata, which only it can fetch.
        Runnable next = () -> followUps.execute(() -> publish(outcome, acknowledged));
        send(letter.record(topics.dead()), next);
    }

    /** Sends first the record of the next attempt, to where it waits or runs, then the outcome of the one before. */
    void publish(Task next, OutcomeRecord outcome, Runnable acknowledged) {
        schedule(next, () -> followUps.execute(() -> publish(outcome, acknowledged)));
    }

    /** Sends a dead letter of which no outcome is said, as the ledger does not know the task. */
    void publish(DeadLetter letter, Runnable acknowledged) {
        send(letter.record(topics.dead()), acknowledged);
    }

    /** Sends a task to those that wait for their time. */
    void schedule(Task task, Runnable acknowledged) {
        send(Schedule.record(task, topics), acknowledged);
    }

    /** Sends a task whose time has come to its lane. */
    void enqueueScheduled(Task task, Runnable acknowledged) {
        enqueue(task, List.of(Schedule.mark()), acknowledged);
    }

    /** Sends a task to the end of its lane's queue. */
    void enqueue(Task task, List<Header> headers, Runnable acknowledged) {
        send(
                new ProducerRecord<>(
                        topics.tasks(task.lane()), null, TaskJson.key(task), TaskJson.write(task), headers),
                acknowledged);
    }

    /** Waits until there is room for more outcomes, as when Kafka is away or slow. */
    void awaitRoom() throws InterruptedException {
        room.acquire();
        room.release();
    }

    /** Takes back what was said of a key; from any thread. */
    void sendTombstone(String topic, String key) {
        sendTombstone(topic, key, () -> {});
    }

    /** The same; {@code acknowledged} as for outcomes. */
    void sendTombstone(String topic, String key, Runnable acknowledged) {
        followUps.execute(() -> send(topic, key, null, acknowledged));
    }

    /** Sends any record that belongs to a task; not from the producer's own thread. */
    void send(String topic, String key, byte @Nullable [] value, Runnable acknowledged) {
        send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value), acknowledged);
    }

    private void send(ProducerRecord<byte[], byte[]> record, Runnable acknowledged) {
        send(record, acknowledged, Logger.Level.ERROR);
    }

    /**
     * @param level at which a refusal is told
     */
    private void send(ProducerRecord<byte[], byte[]> record, Runnable acknowledged, Logger.Level level) {
        // More than there is room for is let through: what has ended must be said. Admission waits instead.
        int bytes = record.value() == null ? 0 : record.value().length;
        boolean counted = room.tryAcquire(bytes);
        producer.send(record, (metadata, failure) -> {
            if (counted) {
                room.release(bytes);
            }
            if (failure == null) {
                acknowledged.run();
            } else {
                LOG.logf(
                        level,
                        "Kafka refused a record of %s for the task %s (%s): it is sent again, and until Kafka takes it"
                                + " the task stays unacknowledged; see that this user may write there, and records of"
                                + " that size",
                        record.topic(),
                        new String(record.key(), StandardCharsets.UTF_8),
                        failure);
                later.execute(() -> sendAgain(record, acknowledged));
            }
        });
    }

    private void sendAgain(ProducerRecord<byte[], byte[]> record, Runnable acknowledged) {
        try {
            send(record, acknowledged, Logger.Level.DEBUG);
        } catch (IllegalStateException closed) {
            LOG.debugf("this process stops: the task of a record of %s comes again", record.topic());
        }
    }
}
