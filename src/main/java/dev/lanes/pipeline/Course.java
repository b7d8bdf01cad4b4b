package dev.lanes.pipeline;

import dev.lanes.task.LaneName;
import dev.lanes.task.Task;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * A pipeline apart, for a race: topics of its own, into which tasks are put and from which outcomes are read. They are
 * deleted with it. For one thread at a time.
 */
public final class Course implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Course.class);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Topics topics;
    private final Admin admin;
    private final Producer<byte[], byte[]> producer;
    private final Consumer<byte[], byte[]> consumer;
    private final List<TopicPartition> outcomes;

    /**
     * An outcome as Kafka has it.
     *
     * @param at when it was sent, in milliseconds since 1970
     */
    public record Arrived(long at, byte[] value) {}

    /** Opens courses. */
    @Singleton
    public static final class Ground {
        private final KafkaClients clients;
        private final PipelineConfig config;

        Ground(KafkaClients clients, PipelineConfig config) {
            this.clients = clients;
            this.config = config;
        }

        /** Makes the topics of a course; their names begin with {@code prefix}. */
        public Course open(String prefix) {
            Topics topics = new Topics(prefix);
            new TopicSetup(clients, topics, config).ensure();
            return new Course(clients, topics, config.topics().partitions());
        }
    }

    private Course(KafkaClients clients, Topics topics, int partitions) {
        this.topics = topics;
        admin = clients.admin(PATIENCE);
        producer = clients.producer("race", Map.of("linger.ms", "5", "batch.size", "65536"));
        consumer = clients.reader("race", Map.of("auto.offset.reset", "earliest", "max.poll.records", "10000"));
        // Not asked of Kafka, whose brokers hear of a new topic somewhat later than it has been made.
        outcomes = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topics.outcomes(), partition))
                .toList();
        consumer.assign(outcomes);
        consumer.seekToBeginning(outcomes);
    }

    /** Puts tasks into their lanes' topics, and answers once Kafka has them all. */
    public void publish(Iterable<Task> tasks) {
        for (Task task : tasks) {
            var unused = producer.send(
                    new ProducerRecord<>(topics.tasks(task.lane()), TaskJson.key(task), TaskJson.write(task)));
        }
        producer.flush();
    }

    /**
     * Waits until at least so many more outcomes have come, and reads them. It asks Kafka how many there are before it
     * reads any, so as to take as little as it can from those that race.
     */
    public List<Arrived> await(int count, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (waiting() < count && System.nanoTime() < deadline) {
            pause();
        }
        List<Arrived> arrived = new ArrayList<>();
        do {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                arrived.add(new Arrived(record.timestamp(), record.value()));
            }
        } while (waiting() > 0 && arrived.size() < count);
        return arrived;
    }

    private long waiting() {
        return consumer.endOffsets(outcomes).entrySet().stream()
                .mapToLong(end -> end.getValue() - consumer.position(end.getKey()))
                .sum();
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", stop);
        }
    }

    /** Deletes the topics and groups. */
    @Override
    public void close() {
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
        producer.close(Duration.ofSeconds(1));
        try {
            admin.deleteTopics(topics.all()).all().get();
            var unused = admin.deleteShareGroups(List.of(topics.group(LaneName.PROCESS)));
        } catch (ExecutionException | KafkaException kept) {
            LOG.warnf(
                    "the race's topics %s stay: delete them when Kafka answers (%s)", topics.all(), kept.getMessage());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            admin.close(Duration.ofSeconds(1));
        }
    }
}
