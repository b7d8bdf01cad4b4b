package dev.lanes.pipeline;

import dev.lanes.task.TaskId;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that somebody has asked to cancel and that have not ended, as {@code lanes.control} says it to every
 * process. A wish, not a command: whoever has the task acts on it.
 */
@Singleton
public final class CancelRequests {
    private static final Logger LOG = Logger.getLogger(CancelRequests.class);
    private static final String KEY = "task/";
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration FIRST_READ = Duration.ofSeconds(10);

    private final KafkaClients clients;
    private final TopicPartition only;
    private final Map<TaskId, Instant> requested = new ConcurrentHashMap<>();
    private final CountDownLatch read = new CountDownLatch(1);
    private volatile boolean stopping;
    private @Nullable Thread thread;
    private @Nullable Producer<byte[], byte[]> producer;

    CancelRequests(KafkaClients clients, Topics topics) {
        this.clients = clients;
        this.only = new TopicPartition(topics.control(), 0);
    }

    /** Returns when all that was asked before has been read: a task that was cancelled meanwhile must not run. */
    void start(@Observes @Priority(KafkaStart.PRIORITY + 1) StartupEvent event) throws InterruptedException {
        thread = Thread.ofPlatform().name("lanes-control").daemon().start(this::follow);
        if (!read.await(FIRST_READ.toSeconds(), TimeUnit.SECONDS)) {
            LOG.warnf("%s cannot be read yet: tasks that were cancelled meanwhile may run", only.topic());
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        if (thread != null) {
            thread.join(Duration.ofSeconds(1));
        }
    }

    /** Asks every process not to run a task, or to stop it; the future fails within 5 s when Kafka is away. */
    public CompletableFuture<Void> request(TaskId id) {
        return write(id, Instant.now().toString().getBytes(StandardCharsets.UTF_8));
    }

    /** A task that was to be cancelled has ended, in whatever way. */
    public void forget(TaskId id) {
        var unused = write(id, null);
    }

    /** The tasks that are to be cancelled. */
    public Set<TaskId> all() {
        return Set.copyOf(requested.keySet());
    }

    /** When somebody asked for a task to be cancelled; empty when nobody has. */
    public Optional<Instant> requestedAt(TaskId id) {
        return requested.isEmpty() ? Optional.empty() : Optional.ofNullable(requested.get(id));
    }

    private CompletableFuture<Void> write(TaskId id, byte @Nullable [] value) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        try {
            producer()
                    .send(
                            new ProducerRecord<>(only.topic(), 0, (KEY + id).getBytes(StandardCharsets.UTF_8), value),
                            (metadata, failure) -> {
                                if (failure == null) {
                                    written.complete(null);
                                } else {
                                    written.completeExceptionally(failure);
                                }
                            });
        } catch (KafkaException away) {
            written.completeExceptionally(away);
        }
        return written;
    }

    private synchronized Producer<byte[], byte[]> producer() {
        Producer<byte[], byte[]> known = producer;
        if (known == null) {
            known = clients.producer(
                    "control",
                    Map.of("max.block.ms", "3000", "request.timeout.ms", "3000", "delivery.timeout.ms", "4000"));
            producer = known;
        }
        return known;
    }

    private void follow() {
        while (!stopping) {
            Consumer<byte[], byte[]> consumer = clients.briefReader("control", Map.of("auto.offset.reset", "earliest"));
            try {
                consumer.assign(List.of(only));
                consumer.seekToBeginning(List.of(only));
                requested.clear();
                long end = consumer.endOffsets(List.of(only)).getOrDefault(only, 0L);
                while (!stopping) {
                    consumer.poll(POLL).forEach(this::take);
                    if (consumer.position(only) >= end) {
                        read.countDown();
                    }
                }
            } catch (KafkaException lost) {
                LOG.debugf("%s cannot be read (%s)", only.topic(), lost);
                pause();
            } finally {
                consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_AFTER_FAILURE);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        Optional<TaskId> id = key.startsWith(KEY) ? TaskId.parse(key.substring(KEY.length())) : Optional.empty();
        if (id.isEmpty()) {
            LOG.warnf(
                    "a record of %s is none of ours, and is passed over: its key is not task/ and an id", only.topic());
        } else if (record.value() == null) {
            requested.remove(id.get());
        } else {
            requested.put(id.get(), time(record));
        }
    }

    private static Instant time(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Instant.parse(new String(record.value(), StandardCharsets.UTF_8));
        } catch (DateTimeParseException foreign) {
            return Instant.ofEpochMilli(record.timestamp());
        }
    }
}
