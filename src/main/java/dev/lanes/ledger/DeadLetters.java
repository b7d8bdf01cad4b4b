package dev.lanes.ledger;

import dev.lanes.pipeline.DeadLetter;
import dev.lanes.pipeline.KafkaClients;
import dev.lanes.pipeline.Malformed;
import dev.lanes.pipeline.RecordLookup;
import dev.lanes.pipeline.Topics;
import dev.lanes.task.TaskId;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that will not be tried again until somebody redrives them: a view of {@code lanes.dead}, brought up to date
 * whenever somebody asks. Every method fails with {@link KafkaAway} when Kafka does not answer within 5 s.
 */
@Singleton
public final class DeadLetters {
    private static final Logger LOG = Logger.getLogger(DeadLetters.class);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MAX_REASON_CHARS = 300;

    private final KafkaClients clients;
    private final Topics topics;

    // All guarded by this.
    private final Map<TaskId, DeadView> letters = new HashMap<>();
    private List<TopicPartition> partitions = List.of();
    private @Nullable Consumer<byte[], byte[]> reader;
    private @Nullable RecordLookup lookup;

    DeadLetters(KafkaClients clients, Topics topics) {
        this.clients = clients;
        this.topics = topics;
    }

    /** Those that a query means, the newest first. */
    public synchronized List<DeadView> list(DeadQuery query) {
        catchUp();
        return query.answer(letters.values().stream());
    }

    /** The letter of a task; empty when there is none. */
    public synchronized Optional<DeadView> find(TaskId id) {
        catchUp();
        return Optional.ofNullable(letters.get(id));
    }

    /** The whole of a letter; empty when it has been taken away since. */
    public synchronized Optional<DeadLetter> open(DeadView letter) {
        RecordLookup records = lookup;
        if (records == null) {
            records = new RecordLookup(clients, "dead-lookup");
            lookup = records;
        }
        try {
            return records.read(letter.partition(), letter.offset()).flatMap(DeadLetters::parse);
        } catch (KafkaException away) {
            throw new KafkaAway(away);
        }
    }

    /** Takes a letter off the list, so that nobody else does the same; false when it is no longer there. */
    public synchronized boolean take(DeadView letter) {
        return letters.remove(letter.id(), letter);
    }

    /** Puts back what was taken, as nothing has become of it. */
    public synchronized void putBack(DeadView letter) {
        letters.putIfAbsent(letter.id(), letter);
    }

    private void catchUp() {
        try {
            readOn();
        } catch (KafkaException away) {
            throw new KafkaAway(away);
        }
    }

    private void readOn() {
        Consumer<byte[], byte[]> consumer = reader();
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
        long readBy = System.nanoTime() + PATIENCE.toNanos();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey(), PATIENCE) < end.getValue())) {
            int read = 0;
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                take(record);
                read++;
            }
            if (read > 0) {
                readBy = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() > readBy) {
                throw new KafkaException("the dead letters cannot be read");
            }
        }
    }

    private Consumer<byte[], byte[]> reader() {
        Consumer<byte[], byte[]> consumer = reader;
        if (consumer == null) {
            consumer = clients.briefReader(
                    "dead-letters", Map.of("auto.offset.reset", "earliest", "default.api.timeout.ms", "5000"));
            partitions = consumer.partitionsFor(topics.dead()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            reader = consumer;
        }
        return consumer;
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return;
        }
        if (record.value() != null) {
            parse(record).ifPresent(letter -> put(view(letter, record)));
        } else {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            TaskId.parse(key.substring(0, Math.max(0, key.indexOf('/'))))
                    .map(letters::get)
                    .filter(letter ->
                            DeadLetter.key(letter.id(), letter.generation()).equals(key))
                    .ifPresent(letter -> letters.remove(letter.id()));
        }
    }

    /** A letter of an earlier life may be read after one of a later, from another partition. */
    private void put(DeadView letter) {
        letters.merge(letter.id(), letter, (known, news) -> news.generation() < known.generation() ? known : news);
    }

    private static Optional<DeadLetter> parse(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.of(DeadLetter.read(record));
        } catch (Malformed foreign) {
            LOG.debugf("a record of %s is none of ours: %s", record.topic(), foreign.line());
            return Optional.empty();
        }
    }

    private static DeadView view(DeadLetter letter, ConsumerRecord<byte[], byte[]> record) {
        String reason = letter.reason();
        return new DeadView(
                letter.id(),
                letter.generation(),
                letter.type().intern(),
                letter.lane().orElse(null),
                reason.substring(0, Math.min(reason.length(), MAX_REASON_CHARS)).intern(),
                letter.at(),
                new TopicPartition(record.topic(), record.partition()),
                record.offset());
    }

    @PreDestroy
    synchronized void close() {
        if (reader != null) {
            reader.close(CloseOptions.timeout(Duration.ofSeconds(1)));
        }
        if (lookup != null) {
            lookup.close();
        }
    }
}
