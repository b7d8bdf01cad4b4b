package dev.lanes.race;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What a lane that reads a queue is compared with: {@link BareClient}'s loop as a member of a share group, with Kafka's
 * defaults. Records count as done with the next poll. It runs no task.
 */
public final class BareShareClient {
    private static final Duration POLL = Duration.ofMillis(100);

    private BareShareClient() {}

    /**
     * Reads the topic {@code args[0]} as a member of the share group {@code args[1]}, and writes results of
     * {@code args[3]} bytes to {@code args[2]}, until its JVM ends.
     */
    public static void main(String[] args) {
        byte[] result = BareClient.result(args[3]);
        try (var consumer = new KafkaShareConsumer<>(
                        BareClient.kafkaSettings(Map.of("group.id", args[1])),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
                var producer = new KafkaProducer<>(
                        BareClient.kafkaSettings(BareClient.PRODUCER),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            consumer.subscribe(List.of(args[0]));
            while (true) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    producer.send(new ProducerRecord<>(args[2], record.key(), result), BareClient::check);
                }
            }
        }
    }
}
