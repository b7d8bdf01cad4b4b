package dev.lanes.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes Kafka clients with the application's {@code kafka.*} settings; records are bytes. */
@Singleton
public final class KafkaClients {
    private static final int MAX_REQUEST_BYTES = 4 * 1024 * 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Queue<Runnable> open = new ConcurrentLinkedQueue<>();
    /** By their names. */
    private final Map<String, Producer<byte[], byte[]>> onDemand = new ConcurrentHashMap<>();

    private final Map<String, Object> common;
    private final MeterRegistry meters;

    KafkaClients(@Identifier("default-kafka-broker") Map<String, Object> common, MeterRegistry meters) {
        this.common = Map.copyOf(common);
        this.meters = meters;
    }

    public String bootstrapServers() {
        return String.valueOf(common.get("bootstrap.servers"));
    }

    /** An admin client whose calls fail after that time. */
    public Admin admin(Duration patience) {
        String millis = Long.toString(patience.toMillis());
        Admin admin = Admin.create(with(Map.of(
                "default.api.timeout.ms", millis,
                "request.timeout.ms", millis,
                "reconnect.backoff.max.ms", "1000")));
        open.add(() -> admin.close(PATIENCE));
        return admin;
    }

    /** A producer that acknowledges when all replicas have the record. */
    public Producer<byte[], byte[]> producer(String name, Map<String, String> settings) {
        Producer<byte[], byte[]> producer = briefProducer(name, settings);
        new KafkaClientMetrics(producer, Tags.of("client", name)).bindTo(meters);
        open.add(() -> producer.close(PATIENCE));
        return producer;
    }

    /** The same, made when it is first asked for: in most processes nobody does. */
    Supplier<Producer<byte[], byte[]>> producerOnDemand(String name, Map<String, String> settings) {
        return () -> onDemand.computeIfAbsent(name, first -> producer(first, settings));
    }

    /** The same for somebody who closes it soon: without metrics. */
    Producer<byte[], byte[]> briefProducer(String name, Map<String, String> settings) {
        Map<String, Object> all = with(settings);
        all.put("client.id", "lanes-" + name);
        all.put("acks", "all");
        all.put("max.request.size", MAX_REQUEST_BYTES);
        return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A consumer that belongs to no group and commits nothing. */
    public Consumer<byte[], byte[]> reader(String name, Map<String, String> settings) {
        Consumer<byte[], byte[]> consumer = briefReader(name, settings);
        new KafkaClientMetrics(consumer, Tags.of("client", name)).bindTo(meters);
        return consumer;
    }

    /** The same for somebody who closes it soon: without metrics. */
    public Consumer<byte[], byte[]> briefReader(String name, Map<String, String> settings) {
        Map<String, Object> all = with(settings);
        all.put("client.id", "lanes-" + name);
        all.put("enable.auto.commit", false);
        all.put("allow.auto.create.topics", false);
        return new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A member of a consumer group that commits nothing. */
    Consumer<byte[], byte[]> member(String group, Optional<String> instance) {
        Map<String, Object> all = with(Map.of());
        all.put("group.id", group);
        instance.ifPresent(name -> all.put("group.instance.id", name + "-" + group));
        all.put("client.id", "lanes-" + group);
        all.put("session.timeout.ms", "10000");
        all.put("enable.auto.commit", false);
        all.put("allow.auto.create.topics", false);
        all.put("auto.offset.reset", "earliest");
        return new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A member of a share group. */
    ShareConsumer<byte[], byte[]> shareConsumer(String group, Map<String, String> settings) {
        Map<String, Object> all = with(settings);
        all.put("group.id", group);
        all.put("client.id", "lanes-share");
        return new KafkaShareConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Closes all producers and admin clients; what producers hold is sent. Consumers are closed by the threads that
     * own them.
     */
    @PreDestroy
    public void close() {
        for (Runnable close = open.poll(); close != null; close = open.poll()) {
            close.run();
        }
    }

    private Map<String, Object> with(Map<String, String> settings) {
        Map<String, Object> all = new HashMap<>(common);
        all.remove("key.serializer");
        all.remove("value.serializer");
        all.remove("key.deserializer");
        all.remove("value.deserializer");
        all.remove("group.id");
        // Meters tell what matters; registering MBeans lengthens the start of every process.
        all.putIfAbsent("metric.reporters", "");
        all.putAll(settings);
        return all;
    }
}
