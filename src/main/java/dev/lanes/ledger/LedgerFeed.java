package dev.lanes.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lanes.pipeline.KafkaClients;
import dev.lanes.pipeline.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;

/**
 * Reads the records that the ledger is built from, from the last snapshot on, and writes the next snapshots. For the
 * ledger's thread alone, but for {@link #ends} and {@link #restored}.
 *
 * <p>While it catches up, no task is read further ahead in time than a little, and no outcome ahead of the tasks: a task
 * and its end lie in different partitions, and whatever is read before its counterpart must be kept in memory.
 */
final class LedgerFeed implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(LedgerFeed.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration BETWEEN_SNAPSHOTS = Duration.ofSeconds(10);
    private static final long MAX_LEAD_MILLIS = 1000;
    /** How far the clocks of two publishers may be apart. */
    private static final long CLOCK_SLACK_MILLIS = 60_000;

    /** A record, and whether it counts: not when the totals cover it already. */
    record Read(ConsumerRecord<byte[], byte[]> record, boolean counted) {}

    private final Topics topics;
    private final TaskTable table;
    private final java.util.function.Consumer<List<Read>> apply;
    private final Consumer<byte[], byte[]> consumer;
    private final Producer<byte[], byte[]> producer;
    private final Admin admin;
    private final List<TopicPartition> taskPartitions;
    private final List<TopicPartition> partitions;
    private final Map<TopicPartition, Long> covered;
    private final Map<TopicPartition, Long> endsAtStart;
    private final long outcomesSinceMillis;
    private final Map<TopicPartition, Long> lastMillis = new HashMap<>();
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private volatile boolean restored;
    private Instant savedAt = Instant.now();
    private boolean changed;

    /**
     * @param table is restored from the snapshot; guarded by itself
     */
    LedgerFeed(KafkaClients clients, Topics topics, TaskTable table, java.util.function.Consumer<List<Read>> apply) {
        this.topics = topics;
        this.table = table;
        this.apply = apply;
        this.producer = clients.producer(
                "ledger", Map.of("max.block.ms", "2000", "delivery.timeout.ms", "5000", "request.timeout.ms", "4000"));
        this.admin = clients.admin(Duration.ofSeconds(2));
        this.consumer = clients.reader(
                "ledger",
                Map.of(
                        "max.poll.records", "5000",
                        "fetch.max.bytes", "4194304",
                        "max.partition.fetch.bytes", "262144",
                        "auto.offset.reset", "earliest"));
        try {
            this.taskPartitions = Stream.concat(topics.allTasks().stream(), Stream.of(topics.scheduled()))
                    .flatMap(topic -> partitions(topic).stream())
                    .toList();
            this.partitions = Stream.concat(taskPartitions.stream(), partitions(topics.outcomes()).stream())
                    .toList();
            this.covered = seek();
            this.endsAtStart = consumer.endOffsets(partitions);
            this.outcomesSinceMillis = outcomesSinceMillis();
        } catch (Throwable failure) {
            // It is tried again, with new clients.
            close();
            throw failure;
        }
    }

    /** Brokers hear of a new topic somewhat later than it has been made: to read without it would be to miss tasks. */
    private List<TopicPartition> partitions(String topic) {
        List<PartitionInfo> known = consumer.partitionsFor(topic);
        if (known == null || known.isEmpty()) {
            throw new UnknownTopicOrPartitionException("Kafka does not know the topic " + topic + " yet");
        }
        return known.stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    private Map<TopicPartition, Long> seek() {
        Optional<Snapshot> snapshot = lastSnapshot();
        synchronized (table) {
            table.clear(snapshot);
        }
        consumer.assign(partitions);
        if (snapshot.isEmpty()) {
            consumer.seekToBeginning(partitions);
            return Map.of();
        }
        Map<TopicPartition, Long> covers = partitions.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        partition -> snapshot.get().covers().getOrDefault(partition.toString(), 0L)));
        long since = snapshot.get().sinceMillis() - CLOCK_SLACK_MILLIS;
        Map<TopicPartition, Long> times =
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> Math.max(0, since)));
        consumer.offsetsForTimes(times)
                .forEach((partition, found) -> consumer.seek(
                        partition,
                        found == null
                                ? covers.getOrDefault(partition, 0L)
                                : Math.min(found.offset(), covers.getOrDefault(partition, 0L))));
        // What waits for its time may lie there for long, and nothing else stays there.
        consumer.seekToBeginning(partitions.stream()
                .filter(partition -> partition.topic().equals(topics.scheduled()))
                .toList());
        return covers;
    }

    /** Before which time Kafka may have deleted outcomes; 0 when it has deleted none. */
    private long outcomesSinceMillis() {
        Map<TopicPartition, Long> deletedUpTo = consumer.beginningOffsets(partitions.stream()
                .filter(partition -> partition.topic().equals(topics.outcomes()))
                .toList());
        deletedUpTo.values().removeIf(offset -> offset == 0);
        Map<TopicPartition, Long> fromTheFirst =
                deletedUpTo.keySet().stream().collect(Collectors.toMap(Function.identity(), partition -> 0L));
        return consumer.offsetsForTimes(fromTheFirst).values().stream()
                .mapToLong(first -> first == null ? System.currentTimeMillis() : first.timestamp())
                .max()
                .orElse(0);
    }

    private Optional<Snapshot> lastSnapshot() {
        TopicPartition from = new TopicPartition(topics.ledger(), 0);
        consumer.assign(List.of(from));
        long end = consumer.endOffsets(List.of(from)).getOrDefault(from, 0L);
        consumer.seek(from, Math.max(0, end - 1));
        Optional<Snapshot> last = Optional.empty();
        while (consumer.position(from) < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                last = snapshot(record);
            }
        }
        return last;
    }

    private Optional<Snapshot> snapshot(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.of(JSON.readValue(record.value(), Snapshot.class));
        } catch (IOException | IllegalArgumentException foreign) {
            LOG.warnf("the last record of %s is no snapshot: the ledger is built from the beginning", topics.ledger());
            return Optional.empty();
        }
    }

    /** Reads what has come, for at most a fifth of a second, and applies it. */
    void poll() {
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
        List<Read> read = new ArrayList<>(polled.count());
        for (TopicPartition partition : polled.partitions()) {
            long counted = covered.getOrDefault(partition, 0L);
            List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
            records.forEach(record -> read.add(new Read(record, record.offset() >= counted)));
            lastMillis.put(partition, records.getLast().timestamp());
        }
        if (!read.isEmpty()) {
            apply.accept(read);
            changed = true;
        }
        partitions.forEach(partition -> positions.put(partition, consumer.position(partition)));
        if (!restored) {
            restoreIfAllIsRead();
        }
        keepTogether();
        if (changed && restored && savedAt.plus(BETWEEN_SNAPSHOTS).isBefore(Instant.now())) {
            saveSnapshot();
        }
    }

    private void restoreIfAllIsRead() {
        if (partitions.stream()
                .allMatch(partition ->
                        positions.getOrDefault(partition, 0L) >= endsAtStart.getOrDefault(partition, 0L))) {
            synchronized (table) {
                table.forgetEnded(outcomesSinceMillis);
                table.adoptCancelled();
            }
            restored = true;
        }
    }

    /** Pauses those partitions that have been read further than the others, and resumes the others. */
    private void keepTogether() {
        long slowest = slowest(partitions);
        long slowestTasks = slowest(taskPartitions);
        Map<Boolean, List<TopicPartition>> ahead = partitions.stream()
                .collect(Collectors.partitioningBy(partition -> lastMillis(partition) - MAX_LEAD_MILLIS > slowest
                        || partition.topic().equals(topics.outcomes()) && lastMillis(partition) >= slowestTasks));
        consumer.pause(ahead.getOrDefault(true, List.of()));
        consumer.resume(ahead.getOrDefault(false, List.of()));
    }

    /** When the last record was made that has been read of the partition furthest behind, of those not at their end. */
    private long slowest(List<TopicPartition> among) {
        return among.stream()
                .filter(partition -> consumer.currentLag(partition).orElse(1) > 0)
                .mapToLong(this::lastMillis)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private long lastMillis(TopicPartition partition) {
        return lastMillis.getOrDefault(partition, 0L);
    }

    /** How far each partition has been read. */
    Map<TopicPartition, Long> positions() {
        return positions;
    }

    /** Whether all that Kafka held at the start has been read. */
    boolean restored() {
        return restored;
    }

    /** Where the partitions end now; for any thread. */
    CompletableFuture<Map<TopicPartition, Long>> ends() {
        var asked = admin.listOffsets(
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest())));
        return asked.all()
                .toCompletionStage()
                .toCompletableFuture()
                .thenApply(answer -> answer.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().offset())));
    }

    /** Writes the totals down, with the offsets that they cover. */
    void saveSnapshot() {
        if (!changed || !restored) {
            return;
        }
        Snapshot snapshot;
        synchronized (table) {
            snapshot = new Snapshot(
                    table.summary(),
                    positions.entrySet().stream()
                            .collect(Collectors.toMap(entry -> entry.getKey().toString(), Map.Entry::getValue)),
                    table.oldestRecordMillis(System.currentTimeMillis()),
                    table.dropped());
        }
        try {
            var unused = producer.send(new ProducerRecord<>(
                    topics.ledger(),
                    0,
                    Snapshot.KEY.getBytes(StandardCharsets.UTF_8),
                    JSON.writeValueAsBytes(snapshot)));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
        savedAt = Instant.now();
        changed = false;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
        admin.close(Duration.ZERO);
    }
}
