package dev.lanes.pipeline;

import dev.lanes.task.LaneName;
import dev.lanes.task.Task;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logging.Logger;

/**
 * What is raced on: topics into which tasks are put, and from which outcomes are read. Either topics of its own, which
 * are deleted with it, or those of this process's pipeline. For one thread at a time; every call fails with a
 * {@link KafkaException} when Kafka does not answer within 10 s.
 */
public final class Course implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Logger LOG = Logger.getLogger(Course.class);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    /** Each wait for the next look adds at least a fifth to the time that has been waited. */
    private static final int SHARE_OF_WAIT = 5;

    private final Topics topics;
    private final boolean own;
    private final Admin admin;
    private final Producer<byte[], byte[]> producer;
    private final Consumer<byte[], byte[]> consumer;
    private final List<TopicPartition> outcomes;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /** A task's record, encoded before the clock starts. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, compared by nobody
    public record Entry(String topic, byte[] key, byte[] value) {}

    /**
     * An outcome as Kafka has it.
     *
     * @param atMillis when it was sent, in milliseconds since 1970
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, compared by nobody
    public record Arrived(long atMillis, byte[] key, byte[] value) {}

    Course(KafkaClients clients, Topics topics, int partitions, boolean own) {
        this.topics = topics;
        this.own = own;
        String patienceMs = Long.toString(PATIENCE.toMillis());
        admin = clients.admin(PATIENCE);
        producer = clients.briefProducer(
                "race",
                Map.of(
                        "linger.ms", "0",
                        "batch.size", "65536",
                        // It keeps what it has once used, and a race has a course for each entrant.
                        "buffer.memory", "8388608",
                        "max.block.ms", patienceMs,
                        "request.timeout.ms", "5000",
                        "delivery.timeout.ms", patienceMs));
        consumer = clients.briefReader(
                "race",
                Map.of(
                        "auto.offset.reset", "earliest",
                        "max.poll.records", "10000",
                        "default.api.timeout.ms", patienceMs,
                        "request.timeout.ms", "5000"));
        // Not asked of Kafka, whose brokers hear of a new topic somewhat later than it has been made.
        outcomes = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topics.outcomes(), partition))
                .toList();
    }

    /** From now on it reads outcomes; its topics are there. */
    Course begin() {
        consumer.assign(outcomes);
        if (own) {
            consumer.seekToBeginning(outcomes);
        } else {
            consumer.seekToEnd(outcomes);
        }
        outcomes.forEach(consumer::position);
        return this;
    }

    /** A task as it will be published. */
    public Entry entry(Task task) {
        return new Entry(topics.tasks(task.lane()), TaskJson.key(task), TaskJson.write(task));
    }

    /** What a JVM that has its tasks from memory is to do. */
    public Entry entry(InMemory.Command command) {
        return new Entry(InMemory.commands(topics), command.type().getBytes(StandardCharsets.UTF_8), command.bytes());
    }

    /**
     * Publishes tasks, and answers once Kafka has them all.
     *
     * @throws KafkaException when it did not take one of them
     */
    public void publish(Iterable<Entry> entries) {
        send(entries);
        producer.flush();
        throwIfRefused();
    }

    /**
     * Publishes tasks without waiting; the next call tells whether Kafka has taken them. No more are sent once it has
     * not taken one: while it is away, each would be waited for.
     */
    public void send(Iterable<Entry> entries) {
        for (Entry entry : entries) {
            throwIfRefused();
            producer.send(new ProducerRecord<>(entry.topic(), entry.key(), entry.value()), (written, problem) -> {
                if (problem != null) {
                    failure.compareAndSet(null, problem);
                }
            });
        }
    }

    private void throwIfRefused() {
        Exception problem = failure.get();
        if (problem != null) {
            throw away("did not take a task", problem);
        }
    }

    private static KafkaException away(String what, Exception cause) {
        return new KafkaException(
                "Kafka " + what + " (" + cause.getMessage() + "); of the embedded one, logs/kafka.log below LANES_HOME"
                        + " says why, for example that its disk is full",
                cause);
    }

    /**
     * Waits until so many more outcomes have come, or the time is up, and reads those that are there. It asks Kafka how
     * many there are before it reads any, and the less often the longer it takes, so as to take as little as it can from
     * those that race. When an outcome came is told by its record, and not by when it is seen here.
     *
     * @param since by {@link System#nanoTime}: when the waiting began, of which this may be a part
     */
    public List<Arrived> await(int count, long since, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        for (long now = System.nanoTime(); waiting() < count && now < deadline; now = System.nanoTime()) {
            pause(Math.min((now - since) / SHARE_OF_WAIT, deadline - now));
        }
        long there = waiting();
        long readBy = System.nanoTime() + PATIENCE.toNanos();
        List<Arrived> arrived = new ArrayList<>();
        while (arrived.size() < there && System.nanoTime() < readBy) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                arrived.add(new Arrived(record.timestamp(), record.key(), record.value()));
            }
        }
        return arrived;
    }

    /** The same, for those whose wait begins now. */
    public List<Arrived> await(int count, Duration patience) {
        return await(count, System.nanoTime(), patience);
    }

    /** How many task records of a lane Kafka holds. */
    public long held(LaneName lane) {
        String topic = topics.tasks(lane);
        try {
            Map<TopicPartition, OffsetSpec> ends =
                    admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
                            .flatMap(described -> described.partitions().stream())
                            .collect(Collectors.toMap(
                                    partition -> new TopicPartition(topic, partition.partition()),
                                    partition -> OffsetSpec.latest()));
            return admin.listOffsets(ends).all().get().values().stream()
                    .mapToLong(ListOffsetsResult.ListOffsetsResultInfo::offset)
                    .sum();
        } catch (ExecutionException unknown) {
            throw new KafkaException("Kafka does not tell how long " + topic + " is", unknown.getCause());
        } catch (InterruptedException stop) {
            throw new InterruptException(stop);
        }
    }

    /** Waits until all tasks of a queue are acknowledged, which is some moments after their ends; not for ever. */
    public void awaitAcknowledged(LaneName lane) {
        String group = topics.group(lane);
        TopicPartition only = new TopicPartition(topics.tasks(lane), 0);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (System.nanoTime() < deadline) {
                SharePartitionOffsetInfo known = admin.listShareGroupOffsets(
                                Map.of(group, new ListShareGroupOffsetsSpec().topicPartitions(List.of(only))))
                        .partitionsToOffsetInfo(group)
                        .get()
                        .get(only);
                if (known != null && known.lag().orElse(1L) == 0) {
                    return;
                }
                pause(0);
            }
        } catch (ExecutionException unknown) {
            throw new KafkaException("Kafka does not tell the lag of " + group, unknown.getCause());
        } catch (InterruptedException stop) {
            throw new InterruptException(stop);
        }
    }

    /** What those who run here have said of themselves, the oldest first. */
    public List<Heartbeat> heartbeats() {
        Map<TopicPartition, Long> read = outcomes.stream().collect(Collectors.toMap(one -> one, consumer::position));
        TopicPartition only = new TopicPartition(topics.heartbeat(), 0);
        List<Heartbeat> beats = new ArrayList<>();
        consumer.assign(List.of(only));
        consumer.seekToBeginning(List.of(only));
        long end = consumer.endOffsets(List.of(only)).getOrDefault(only, 0L);
        long readBy = System.nanoTime() + PATIENCE.toNanos();
        while (consumer.position(only) < end && System.nanoTime() < readBy) {
            consumer.poll(POLL)
                    .forEach(record -> Heartbeats.read(record.value()).ifPresent(beats::add));
        }
        consumer.assign(outcomes);
        read.forEach(consumer::seek);
        return beats;
    }

    private long waiting() {
        try {
            return consumer.endOffsets(outcomes).entrySet().stream()
                    .mapToLong(end -> end.getValue() - consumer.position(end.getKey()))
                    .sum();
        } catch (TimeoutException silent) {
            throw away("does not tell of outcomes", silent);
        }
    }

    private static void pause(long nanos) {
        try {
            Thread.sleep(Duration.ofNanos(Math.max(nanos, BETWEEN_LOOKS.toNanos())));
        } catch (InterruptedException stop) {
            throw new InterruptException(stop);
        }
    }

    /** Deletes the topics that are its own; also after an interruption, which is kept. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
        producer.close(Duration.ofSeconds(1));
        try {
            if (own) {
                admin.deleteTopics(topics.all()).all().get();
                var unused =
                        admin.deleteShareGroups(List.of(topics.group(LaneName.PROCESS), topics.group(LaneName.THREAD)));
            }
        } catch (ExecutionException | KafkaException kept) {
            LOG.warnf("the topics %s of a race stay, and go with a later race (%s)", topics.all(), kept.getMessage());
        } catch (InterruptedException stop) {
            interrupted = true;
        } finally {
            admin.close(Duration.ofSeconds(1));
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
