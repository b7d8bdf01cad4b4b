package dev.lanes.ledger;

import dev.lanes.pipeline.KafkaClients;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/** Reads single records at known places. */
final class RecordReader implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    // Guarded by this: a consumer is for one thread at a time.
    private final Consumer<byte[], byte[]> consumer;

    RecordReader(KafkaClients clients) {
        consumer = clients.reader(
                "ledger-lookup",
                Map.of(
                        "max.poll.records", "1",
                        "max.partition.fetch.bytes", "65536",
                        "auto.offset.reset", "none",
                        "default.api.timeout.ms", "2000"));
    }

    /** The record at a place; empty when Kafka no longer has it, or does not answer. */
    synchronized Optional<ConsumerRecord<byte[], byte[]>> read(String topic, int partition, long offset) {
        TopicPartition from = new TopicPartition(topic, partition);
        consumer.assign(List.of(from));
        consumer.seek(from, offset);
        try {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(PATIENCE)) {
                if (record.offset() == offset) {
                    return Optional.of(record);
                }
            }
            return Optional.empty();
        } catch (OffsetOutOfRangeException gone) {
            return Optional.empty();
        }
    }

    @Override
    public synchronized void close() {
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}
