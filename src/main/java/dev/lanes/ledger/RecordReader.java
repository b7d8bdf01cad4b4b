package dev.lanes.ledger;

import dev.lanes.pipeline.KafkaClients;
import dev.lanes.pipeline.Malformed;
import dev.lanes.pipeline.OutcomeJson;
import dev.lanes.pipeline.RecordLookup;
import dev.lanes.pipeline.TaskJson;
import dev.lanes.pipeline.Topics;
import dev.lanes.task.LaneName;
import dev.lanes.task.RawJson;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads from Kafka again what the ledger does not hold: payloads and results, whose positions it knows. */
final class RecordReader implements AutoCloseable {
    private final Topics topics;
    private final RecordLookup lookup;

    RecordReader(KafkaClients clients, Topics topics) {
        this.topics = topics;
        this.lookup = new RecordLookup(clients, "ledger-lookup");
    }

    /** The payload of the task at that position; null when Kafka no longer has it, or does not answer. */
    @Nullable
    RawJson payload(LaneName lane, long position) {
        return read(topics.tasks(lane), position).map(RecordReader::payload).orElse(null);
    }

    /** The payload of the task that lies at that position until its time has come; null as above. */
    @Nullable
    RawJson scheduledPayload(long position) {
        return read(topics.scheduled(), position)
                .map(RecordReader::scheduledPayload)
                .orElse(null);
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

    private static @Nullable RawJson scheduledPayload(ConsumerRecord<byte[], byte[]> record) {
        try {
            return TaskJson.readScheduled(record).payload();
        } catch (Malformed foreign) {
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
                : lookup.read(new TopicPartition(topic, Entry.partition(position)), Entry.offset(position));
    }

    @Override
    public void close() {
        lookup.close();
    }
}
