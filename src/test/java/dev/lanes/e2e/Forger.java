package dev.lanes.e2e;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes what nobody should. */
final class Forger implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;

    Forger(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer());
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
