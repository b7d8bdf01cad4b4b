package dev.lanes.pipeline;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;

/**
 * Publishes outcomes and dead letters. It never gives up while Kafka is away: a task whose outcome cannot be written is
 * not acknowledged either.
 */
@Singleton
public final class Outcomes {
    private static final Logger LOG = Logger.getLogger(Outcomes.class);
    /** How many bytes may wait for Kafka's acknowledgement before a lane admits no more. */
    private static final int MAX_UNSENT_BYTES = 16 * 1024 * 1024;

    private final Topics topics;
    private final Producer<byte[], byte[]> producer;
    private final ExecutorService followUps = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("lanes-outcomes").daemon().factory());
    private final Semaphore room = new Semaphore(MAX_UNSENT_BYTES);

    Outcomes(KafkaClients clients, Topics topics) {
        this.topics = topics;
        this.producer = clients.producer(
                "outcomes",
                Map.of(
                        "linger.ms",
                        "1",
                        "batch.size",
                        "65536",
                        "delivery.timeout.ms",
                        Integer.toString(Integer.MAX_VALUE),
                        "max.block.ms",
                        Long.toString(Long.MAX_VALUE)));
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
        send(topics.dead(), letter.id().toString(), letter.json(), next);
    }

    /** Waits until there is room for more outcomes, as when Kafka is away or slow. */
    void awaitRoom() throws InterruptedException {
        room.acquire();
        room.release();
    }

    private void send(String topic, String key, byte[] value, Runnable acknowledged) {
        // More than there is room for is let through: what has ended must be said. Admission waits instead.
        boolean counted = room.tryAcquire(value.length);
        producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value), (metadata, failure) -> {
            if (counted) {
                room.release(value.length);
            }
            if (failure == null) {
                acknowledged.run();
            } else {
                LOG.errorf(
                        "Kafka refused a record of %s for the task %s (%s): the task stays unacknowledged and"
                                + " runs again after a restart",
                        topic, key, failure);
            }
        });
    }
}
