package dev.lanes.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lanes.handler.Handlers;
import dev.lanes.lane.Lane;
import dev.lanes.task.LaneName;
import dev.lanes.task.Limits;
import dev.lanes.task.RawJson;
import dev.lanes.task.Task;
import dev.lanes.task.TaskId;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The part of a process that lets a lane have its tasks from memory, and counts their ends there: what the lane does
 * where Kafka costs nothing. For races, which command it and hear of it over their topics.
 */
@Singleton
public final class InMemory {
    private static final Logger LOG = Logger.getLogger(InMemory.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration SAY_AGAIN = Duration.ofSeconds(1);

    private final PipelineConfig config;
    private final Handlers handlers;
    private final KafkaClients clients;
    private final Topics topics;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("lanes-timer").daemon().factory());

    // For the thread that follows commands alone.
    private final Map<LaneName, Lane> lanes = new EnumMap<>(LaneName.class);

    /**
     * Equal tasks, and the lane that is to run them; it has as many in flight as it is configured to have there.
     *
     * @param payload of each of them, as JSON
     */
    public record Command(LaneName lane, String type, String payload, int count) {
        byte[] bytes() {
            return json(this);
        }

        private List<Task> tasks() {
            Instant now = Instant.now();
            RawJson same = RawJson.of(payload);
            return Stream.generate(() -> task(now, same)).limit(count).toList();
        }

        private Task task(Instant now, RawJson same) {
            TaskId id = TaskId.create(now);
            return new Task(id, 1, 1, type, lane, null, false, null, Limits.DEFAULT, now, null, same);
        }
    }

    /**
     * How far it is with a command.
     *
     * @param done tasks that have left the lane
     * @param over whether all have
     * @param wallNanos from the moment before the first was given to the lane to that at which the last had left it; zero
     *     before
     * @param fault why one of them did not succeed; null when all that are done did
     */
    public record Progress(
            int done,
            boolean over,
            long wallNanos,
            @Nullable String fault) {
        /** Before anything is heard of it. */
        public static final Progress NONE = new Progress(0, false, 0, null);

        /** Reads what {@link InMemory} has said. */
        public static Progress read(byte[] value) {
            return json(value, Progress.class);
        }
    }

    InMemory(PipelineConfig config, Handlers handlers, KafkaClients clients, Topics topics) {
        this.config = config;
        this.handlers = handlers;
        this.clients = clients;
        this.topics = topics;
    }

    /** Where commands are put. */
    static String commands(Topics topics) {
        return topics.tasks(LaneName.SEQUENTIAL);
    }

    void start(@Observes StartupEvent event) {
        if (config.run().contains(PipelineConfig.IN_MEMORY)) {
            Thread.ofPlatform()
                    .name("lanes-in-memory")
                    .daemon()
                    .uncaughtExceptionHandler(InMemory::endProcess)
                    .start(this::follow);
        }
    }

    /** The race that waits for it says so then. */
    private static void endProcess(Thread thread, Throwable failure) {
        LOG.errorf(failure, "%s failed: this process ends", thread.getName());
        Runtime.getRuntime().halt(1);
    }

    private void follow() {
        Producer<byte[], byte[]> producer = clients.producer("in-memory", Map.of("linger.ms", "0"));
        try (Consumer<byte[], byte[]> consumer = clients.reader("in-memory", Map.of("auto.offset.reset", "earliest"))) {
            consumer.assign(IntStream.range(0, config.topics().partitions())
                    .mapToObj(partition -> new TopicPartition(commands(topics), partition))
                    .toList());
            while (true) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    run(json(record.value(), Command.class), producer);
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Command command, Producer<byte[], byte[]> producer) throws InterruptedException {
        Lane lane = lanes.computeIfAbsent(command.lane(), name -> Lanes.lane(name, config, timer));
        InMemoryRun run =
                new InMemoryRun(lane, handlers.find(command.type()).orElseThrow(), command.tasks(), config.timeout());
        Thread.ofPlatform()
                .name("lanes-in-memory-admission")
                .daemon()
                .uncaughtExceptionHandler(InMemory::endProcess)
                .start(run);
        while (!run.awaitEnd(SAY_AGAIN)) {
            say(run.progress(), producer);
        }
        say(run.progress(), producer);
    }

    private void say(Progress progress, Producer<byte[], byte[]> producer) {
        var unused = producer.send(new ProducerRecord<>(topics.outcomes(), json(progress)));
    }

    private static byte[] json(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static <T> T json(byte[] value, Class<T> type) {
        try {
            return JSON.readValue(value, type);
        } catch (IOException foreign) {
            throw new UncheckedIOException(foreign);
        }
    }
}
