package dev.lanes.race;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What every lane is compared with: Kafka's clients alone, in the plainest loop. Poll, send a result of an outcome's
 * size for each record with acks=all, commit. It runs no task. A main for a JVM of its own.
 */
public final class BareClient {
    private static final Duration POLL = Duration.ofMillis(100);

    private BareClient() {}

    /** Reads the topic {@code args[0]} as the group of that name, and writes to {@code args[1]}, until its JVM ends. */
    public static void main(String[] args) {
        byte[] result = "x".repeat(Integer.parseInt(args[2])).getBytes(StandardCharsets.UTF_8);
        Properties settings = kafkaSettings();
        settings.put("group.id", args[0]);
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", "false");
        settings.put("max.poll.records", "5000");
        settings.put("acks", "all");
        settings.put("linger.ms", "1");
        settings.put("batch.size", "65536");
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            consumer.subscribe(List.of(args[0]));
            while (true) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    var unused = producer.send(new ProducerRecord<>(args[1], record.key(), result));
                }
                if (!records.isEmpty()) {
                    consumer.commitAsync();
                }
            }
        }
    }

    /** The application's {@code kafka.*} properties, as Kafka's clients name them. */
    private static Properties kafkaSettings() {
        Properties settings = new Properties();
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("kafka."))
                .forEach(name -> settings.put(name.substring("kafka.".length()), System.getProperty(name)));
        return settings;
    }
}
