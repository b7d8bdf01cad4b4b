package dev.lanes.e2e;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
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

    /** Waits until the topic is there and has a record, and writes that record once more. */
    void doubleOne(String topic) {
        await().atMost(Duration.ofMinutes(1)).until(() -> consumer.listTopics().containsKey(topic));
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        ConsumerRecord<byte[], byte[]> first = await().atMost(Duration.ofMinutes(1))
                .until(
                        () -> {
                            var records = consumer.poll(Duration.ofMillis(100)).iterator();
                            return records.hasNext() ? records.next() : null;
                        },
                        java.util.Objects::nonNull);
        producer.send(new ProducerRecord<>(topic, first.key(), first.value()));
        producer.flush();
    }

    @Override
    public void close() {
        consumer.close();
        producer.close();
    }
}
