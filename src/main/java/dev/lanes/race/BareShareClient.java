package dev.lanes.race;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
     * Reads the topic {@code args[0]} as {@code args[4]} members of the share group {@code args[1]}, each on a thread of
     * its own, and writes results of {@code args[3]} bytes to {@code args[2]}, until its JVM ends.
     */
    public static void main(String[] args) throws InterruptedException {
        List<Thread> members = IntStream.rangeClosed(1, Integer.parseInt(args[4]))
                .mapToObj(number -> Thread.ofPlatform()
                        .name("member-" + number)
                        .uncaughtExceptionHandler(BareShareClient::endAll)
                        .start(() -> read(args[0], args[1], args[2], BareClient.result(args[3]))))
                .toList();
        for (Thread member : members) {
            member.join();
        }
    }

    private static void endAll(Thread member, Throwable failure) {
        failure.printStackTrace();
        Runtime.getRuntime().halt(1);
    }

    private static void read(String topic, String group, String results, byte[] result) {
        try (var consumer = new KafkaShareConsumer<>(
                        BareClient.kafkaSettings(Map.of("group.id", group)),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
                var producer = new KafkaProducer<>(
                        BareClient.kafkaSettings(BareClient.PRODUCER),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            consumer.subscribe(List.of(topic));
            while (true) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    producer.send(new ProducerRecord<>(results, record.key(), result), BareClient::check);
                }
            }
        }
    }
}
