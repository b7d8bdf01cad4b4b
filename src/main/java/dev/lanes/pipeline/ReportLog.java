package dev.lanes.pipeline;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reports of races, kept in Kafka as JSON. */
@Singleton
public final class ReportLog {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final KafkaClients clients;
    private final Topics topics;
    private final Supplier<Producer<byte[], byte[]>> producer;

    ReportLog(KafkaClients clients, Topics topics) {
        this.clients = clients;
        this.topics = topics;
        this.producer = clients.producerOnDemand("reports", Map.of("max.block.ms", "5000"));
    }

    /** Writes a report; the future fails with a {@link KafkaException} when Kafka does not take it. */
    public CompletableFuture<Void> write(String id, byte[] json) {
        return send(id, json);
    }

    /** Drops a report; the future fails likewise. */
    public CompletableFuture<Void> forget(String id) {
        return send(id, null);
    }

    private CompletableFuture<Void> send(String id, byte @Nullable [] json) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        producer.get()
                .send(
                        new ProducerRecord<>(topics.reports(), id.getBytes(StandardCharsets.UTF_8), json),
                        (metadata, failure) -> {
                            if (failure == null) {
                                written.complete(null);
                            } else {
                                written.completeExceptionally(failure);
                            }
                        });
        return written;
    }

    /**
     * All reports by their ids, the oldest first.
     *
     * @throws KafkaException when Kafka does not answer within 10 s
     */
    public Map<String, byte[]> read() {
        Map<String, byte[]> reports = new LinkedHashMap<>();
        TopicPartition only = new TopicPartition(topics.reports(), 0);
        try (var consumer = clients.briefReader(
                "reports",
                Map.of(
                        "auto.offset.reset",
                        "earliest",
                        "default.api.timeout.ms",
                        Long.toString(PATIENCE.toMillis())))) {
            consumer.assign(List.of(only));
            consumer.seekToBeginning(List.of(only));
            long end = consumer.endOffsets(List.of(only)).getOrDefault(only, 0L);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (consumer.position(only) < end && System.nanoTime() < deadline) {
                consumer.poll(POLL).forEach(record -> take(record, reports));
            }
        }
        return reports;
    }

    private static void take(ConsumerRecord<byte[], byte[]> record, Map<String, byte[]> reports) {
        if (record.key() != null) {
            String id = new String(record.key(), StandardCharsets.UTF_8);
            reports.remove(id);
            if (record.value() != null) {
                reports.put(id, record.value());
            }
        }
    }
}
