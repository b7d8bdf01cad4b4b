package dev.lanes.ledger;

import dev.lanes.pipeline.KafkaClients;
import dev.lanes.pipeline.Malformed;
import dev.lanes.pipeline.OutcomeJson;
import dev.lanes.pipeline.RecordLookup;
import dev.lanes.pipeline.TaskJson;
import dev.lanes.pipeline.Topics;
import dev.lanes.task.LaneName;
import dev.lanes.task.RawJson;
import dev.lanes.task.Task;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads from Kafka again what the ledger does not hold: tasks as they were published, and results, whose positions it knows. */
final class RecordReader implements AutoCloseable {
    private final Topics topics;
    private final RecordLookup lookup;

    RecordReader(KafkaClients clients, Topics topics) {
        this.topics = topics;
        this.lookup = new RecordLookup(clients, "ledger-lookup");
    }

    /**
     * The task as it was published, from where it lies in its lane, else from where it waits for its time; empty when
     * Kafka no longer has it, or does not answer.
     */
    Optional<Task> task(LaneName lane, long taskAt, long scheduledAt) {
        return taskAt == Entry.NOWHERE
                ? read(topics.scheduled(), scheduledAt).flatMap(record -> task(record, TaskJson::readScheduled))
                : read(topics.tasks(lane), taskAt).flatMap(record -> task(record, TaskJson::read));
    }

    /** The result in the outcome at that position; null when there is none, or as above. */
    @Nullable
    RawJson result(long position) {
        return read(topics.outcomes(), position).map(RecordReader::result).orElse(null);
    }

    private interface Reading {
        Task of(ConsumerRecord<byte[], byte[]> record) throws Malformed;
    }

    private static Optional<Task> task(ConsumerRecord<byte[], byte[]> record, Reading reading) {
        try {
            return Optional.of(reading.of(record));
        } catch (Malformed unreadable) {
            return Optional.empty();
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
