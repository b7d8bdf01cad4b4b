package dev.lanes.race;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * What every lane is compared with: Kafka's clients alone, in the plainest loop. Poll, send a result of an outcome's
 * size for each record with acks=all, commit. It runs no task. A main for a JVM of its own.
 */
public final class BareClient {
    static final Map<String, String> PRODUCER = Map.of("acks", "all", "linger.ms", "1", "batch.size", "65536");

    private static final Map<String, String> CONSUMER =
            Map.of("auto.offset.reset", "earliest", "enable.auto.commit", "false", "max.poll.records", "5000");
    private static final Duration POLL = Duration.ofMillis(100);

    private BareClient() {}

    /**
     * Reads the topic {@code args[0]} as the group {@code args[1]}, and writes results of {@code args[3]} bytes to
     * {@code args[2]}, until its JVM ends.
     */
    public static void main(String[] args) {
        byte[] result = result(args[3]);
        Properties reading = kafkaSettings(CONSUMER);
        reading.put("group.id", args[1]);
        try (var consumer = new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                var producer = new KafkaProducer<>(
                        kafkaSettings(PRODUCER), new ByteArraySerializer(), new ByteArraySerializer())) {
            consumer.subscribe(List.of(args[0]));
            while (true) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    producer.send(new ProducerRecord<>(args[2], record.key(), result), BareClient::check);
                }
                if (!records.isEmpty()) {
                    consumer.commitAsync();
                }
            }
        }
    }

    static byte[] result(String bytes) {
        return "x".repeat(Integer.parseInt(bytes)).getBytes(StandardCharsets.UTF_8);
    }

    /** Ends the process when a result was not taken: the race then says so. */
    static void check(@Nullable RecordMetadata written, @Nullable Exception failure) {
        if (failure != null) {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    /** The application's {@code kafka.*} properties, as Kafka's clients name them, and more. */
    static Properties kafkaSettings(Map<String, String> more) {
        Properties settings = new Properties();
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("kafka."))
                .forEach(name -> settings.put(name.substring("kafka.".length()), System.getProperty(name)));
        settings.putAll(more);
        return settings;
    }
}
