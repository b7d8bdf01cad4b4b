package dev.lanes.pipeline;

import dev.lanes.task.LaneName;
import dev.lanes.task.TaskId;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Says in {@code lanes.control} what is wanted, and reads there, in every process, what anybody wants. */
@Singleton
public final class Control {
    private static final Logger LOG = Logger.getLogger(Control.class);
    private static final String TASK = "task/";
    private static final String LANE = "lane/";
    /** For so long Kafka may wait for news before it answers that there are none. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration FIRST_READ = Duration.ofSeconds(10);

    private final KafkaClients clients;
    private final Supplier<Producer<byte[], byte[]>> producer;
    private final CancelRequests cancels;
    private final LaneSettings lanes;
    private final TopicPartition only;
    private final CountDownLatch read = new CountDownLatch(1);
    private final ConcurrentNavigableMap<Long, CompletableFuture<Void>> unread = new ConcurrentSkipListMap<>();
    private final Follower follower = new Follower("control", "the reader of what is wanted", this::follow, this::lost);
    private volatile long position;
    private volatile @Nullable Consumer<byte[], byte[]> consumer;

    Control(KafkaClients clients, Topics topics, CancelRequests cancels, LaneSettings lanes) {
        this.clients = clients;
        this.producer = clients.producerOnDemand(
                "control", Map.of("max.block.ms", "3000", "request.timeout.ms", "3000", "delivery.timeout.ms", "4000"));
        this.cancels = cancels;
        this.lanes = lanes;
        this.only = new TopicPartition(topics.control(), 0);
    }

    /** Returns when all that was asked before has been read: a task that was cancelled meanwhile must not run. */
    void start(@Observes @Priority(KafkaStart.PRIORITY + 1) StartupEvent event) throws InterruptedException {
        follower.start();
        if (!read.await(FIRST_READ.toSeconds(), TimeUnit.SECONDS)) {
            LOG.warnf("%s cannot be read yet: tasks that were cancelled meanwhile may run", only.topic());
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        follower.stop();
        Consumer<byte[], byte[]> waiting = consumer;
        if (waiting != null) {
            waiting.wakeup();
        }
        follower.awaitEnd(Duration.ofSeconds(1));
    }

    /** Asks every process not to run a task, or to stop it; the future fails within 5 s when Kafka is away. */
    public CompletableFuture<Void> cancel(TaskId id) {
        return write(TASK + id, Instant.now().toString().getBytes(StandardCharsets.UTF_8));
    }

    /** A task that was to be cancelled has ended, in whatever way. */
    public void forget(TaskId id) {
        var unused = write(TASK + id, null);
    }

    /**
     * Asks every process to run a lane like this; the future ends when this one has heard of it, and fails within 5 s
     * when Kafka is away.
     */
    public CompletableFuture<Void> set(LaneName lane, LaneSetting wanted) {
        return write(LANE + lane, wanted.json());
    }

    private CompletableFuture<Void> write(String key, byte @Nullable [] value) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        try {
            producer.get()
                    .send(
                            new ProducerRecord<>(only.topic(), 0, key.getBytes(StandardCharsets.UTF_8), value),
                            (metadata, failure) -> {
                                if (failure == null) {
                                    unread.put(metadata.offset(), written);
                                    completeRead();
                                } else {
                                    written.completeExceptionally(failure);
                                }
                            });
        } catch (KafkaException away) {
            written.completeExceptionally(away);
        }
        return written;
    }

    private void follow() {
        Consumer<byte[], byte[]> reader = clients.briefReader(
                "control",
                Map.of("auto.offset.reset", "earliest", "fetch.max.wait.ms", Long.toString(PATIENCE.toMillis())));
        consumer = reader;
        try {
            reader.assign(List.of(only));
            reader.seekToBeginning(List.of(only));
            cancels.forgetAll();
            long end = reader.endOffsets(List.of(only)).getOrDefault(only, 0L);
            while (!follower.isStopping()) {
                position = reader.position(only);
                completeRead();
                if (position >= end) {
                    read.countDown();
                }
                reader.poll(PATIENCE).forEach(this::take);
            }
        } finally {
            reader.close(CloseOptions.timeout(Duration.ofSeconds(1)));
        }
    }

    private void lost(RuntimeException away) {
        LOG.warnf("%s cannot be read (%s): what is asked for holds here once Kafka is back", only.topic(), away);
    }

    /** Of a record that has been read here, its writer may know; on the thread that reads, or that writes. */
    private void completeRead() {
        for (Long passed : unread.headMap(position).keySet()) {
            CompletableFuture<Void> written = unread.remove(passed);
            if (written != null) {
                written.complete(null);
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        boolean taken = key.startsWith(TASK) && cancels.take(key.substring(TASK.length()), record)
                || key.startsWith(LANE) && lanes.take(key.substring(LANE.length()), record.value());
        if (!taken) {
            LOG.warnf(
                    "the record %d of %s is none of ours, and is passed over: its key is '%s'",
                    record.offset(), only.topic(), key.substring(0, Math.min(key.length(), 100)));
        }
    }
}
