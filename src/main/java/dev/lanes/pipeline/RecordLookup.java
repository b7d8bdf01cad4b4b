package dev.lanes.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/** Reads single records whose places are known; for any thread, one at a time. */
public final class RecordLookup implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    // Guarded by this: a consumer is for one thread at a time.
    private final Consumer<byte[], byte[]> consumer;
    /** What came with the last one: who reads many in the order of their offsets finds most of them here. */
    private ConsumerRecords<byte[], byte[]> last = ConsumerRecords.empty();

    /**
     * @param name of the client
     */
    public RecordLookup(KafkaClients clients, String name) {
        consumer = clients.briefReader(
                name,
                Map.of(
                        "max.partition.fetch.bytes", "65536",
                        "auto.offset.reset", "none",
                        // What is asked for after the record would hold up the next look.
                        "fetch.max.wait.ms", "10",
                        "default.api.timeout.ms", "2000"));
    }

    /** The record at that place; empty when Kafka no longer has it, or does not answer within 2 s. */
    public synchronized Optional<ConsumerRecord<byte[], byte[]>> read(TopicPartition from, long offset) {
        Optional<ConsumerRecord<byte[], byte[]>> known = among(last, from, offset);
        if (known.isPresent()) {
            return known;
        }
        consumer.assign(List.of(from));
        consumer.seek(from, offset);
        try {
            last = consumer.poll(PATIENCE);
            return among(last, from, offset);
        } catch (OffsetOutOfRangeException gone) {
            return Optional.empty();
        }
    }

    private static Optional<ConsumerRecord<byte[], byte[]>> among(
            ConsumerRecords<byte[], byte[]> records, TopicPartition from, long offset) {
        return records.records(from).stream()
                .filter(record -> record.offset() == offset)
                .findFirst();
    }

    @Override
    public synchronized void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}
