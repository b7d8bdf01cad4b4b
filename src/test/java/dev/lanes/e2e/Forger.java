package dev.lanes.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes what nobody should. */
final class Forger implements AutoCloseable {
    private static final int PARTITIONS = 12;

    private final Map<String, Object> bootstrap;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Queue<Exception> failures = new ConcurrentLinkedQueue<>();

    Forger(String bootstrapServers) {
        bootstrap = Map.of("bootstrap.servers", bootstrapServers);
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        // Not idempotent: where a broker hears of a topic later than we, such a producer may lose count, and go on for
        // ever.
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "enable.idempotence", false, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Waits until the topic is there and a task has succeeded, and writes that outcome once more. */
    void doubleOne(String topic) {
        await().atMost(Duration.ofMinutes(1)).until(() -> consumer.listTopics().containsKey(topic));
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        ConsumerRecord<byte[], byte[]> ended =
                await().atMost(Duration.ofMinutes(1)).until(this::next, Objects::nonNull);
        producer.send(new ProducerRecord<>(topic, ended.key(), ended.value()));
        producer.flush();
    }

    /**
     * Writes tasks of the virtual lane, and their ends, as if it had been so. The tasks are much larger than their ends,
     * so that whoever reads both as fast as can be sees most ends first.
     */
    void burst(String prefix, int tasks, Duration spread) throws ExecutionException, InterruptedException {
        String queue = prefix + ".tasks.virtual";
        String outcomes = prefix + ".outcomes";
        try (Admin admin = Admin.create(bootstrap)) {
            admin.createTopics(List.of(
                            new NewTopic(queue, PARTITIONS, (short) 1), new NewTopic(outcomes, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
        await().until(() -> producer.partitionsFor(queue).size()
                        + producer.partitionsFor(outcomes).size()
                == 2 * PARTITIONS);
        String weight = "x".repeat(2000);
        Instant first = Instant.now().minus(spread);
        for (int task = 0; task < tasks; task++) {
            Instant at = first.plus(spread.multipliedBy(task).dividedBy(tasks));
            String id = new UUID(task, task).toString();
            write(queue, id, at, """
                    {"id":"%s","type":"noop","submittedAt":"%s","payload":{"for":"%s"}}""".formatted(id, at, weight));
            Instant end = at.plusMillis(5);
            write(outcomes, id, end, """
                    {"id":"%s","generation":1,"type":"noop","state":"SUCCEEDED","submittedAt":"%s","attempt":1,\
                    "lane":"virtual","host":"elsewhere","pid":1,"thread":"a","virtualThread":true,"startedAt":"%s",\
                    "finishedAt":"%s","outcome":"SUCCEEDED"}""".formatted(id, at, at, end));
        }
        producer.flush();
        assertThat(failures).isEmpty();
    }

    /** Writes one record, now. */
    void write(String topic, String key, String value) {
        write(topic, key, Instant.now(), value);
    }

    private void write(String topic, String key, Instant at, String value) {
        producer.send(
                new ProducerRecord<>(
                        topic,
                        null,
                        at.toEpochMilli(),
                        key.getBytes(StandardCharsets.UTF_8),
                        value.getBytes(StandardCharsets.UTF_8)),
                (written, failure) -> {
                    if (failure != null) {
                        failures.add(failure);
                    }
                });
    }

    private ConsumerRecord<byte[], byte[]> next() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
            if (new String(record.value(), StandardCharsets.UTF_8).contains("SUCCEEDED")) {
                return record;
            }
        }
        return null;
    }

    @Override
    public void close() {
        consumer.close();
        producer.close();
    }
}
