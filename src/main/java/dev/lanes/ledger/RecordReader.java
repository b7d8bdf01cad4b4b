package dev.lanes.ledger;

import dev.lanes.pipeline.KafkaClients;
import dev.lanes.pipeline.Malformed;
import dev.lanes.pipeline.OutcomeJson;
import dev.lanes.pipeline.TaskJson;
import dev.lanes.pipeline.Topics;
import dev.lanes.task.LaneName;
import dev.lanes.task.RawJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads from Kafka again what the ledger does not hold: payloads and results, whose positions it knows. */
final class RecordReader implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Topics topics;

    // Guarded by this: a consumer is for one thread at a time.
    private final Consumer<byte[], byte[]> consumer;

    RecordReader(KafkaClients clients, Topics topics) {
        this.topics = topics;
        consumer = clients.reader(
                "ledger-lookup",
                Map.of(
                        "max.poll.records", "1",
                        "max.partition.fetch.bytes", "65536",
                        "auto.offset.reset", "none",
                        "default.api.timeout.ms", "2000"));
    }

    /** The payload of the task at that position; null when Kafka no longer has it, or does not answer. */
    @Nullable
    RawJson payload(LaneName lane, long position) {
        return read(topics.tasks(lane), position).map(RecordReader::payload).orElse(null);
    }

    /** The result in the outcome at that position; null when there is none, or Kafka does not answer. */
    @Nullable
    RawJson result(long position) {
        return read(topics.outcomes(), position).map(RecordReader::result).orElse(null);
    }

    private static @Nullable RawJson payload(ConsumerRecord<byte[], byte[]> record) {
        try {
            return TaskJson.read(record).payload();
        } catch (Malformed unreadable) {
            return null;
        }
    }

    private static @Nullable RawJson result(ConsumerRecord<byte[], byte[]> record) {
        try {
            return OutcomeJson.read(record.value()).result();
        } catch (Malformed foreign) {
            return null;
        }
    }

    private Optional<ConsumerRecord<byte[], byte[]>> read(String topic, long position) {
        return position == Entry.NOWHERE
                ? Optional.empty()
                : read(topic, Entry.partition(position), Entry.offset(position));
    }

    private synchronized Optional<ConsumerRecord<byte[], byte[]>> read(String topic, int partition, long offset) {
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
