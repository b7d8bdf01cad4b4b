package dev.lanes.pipeline;

import dev.lanes.handler.Handlers;
import dev.lanes.handler.PayloadProblem;
import dev.lanes.handler.RegisteredHandler;
import dev.lanes.task.LaneName;
import dev.lanes.task.Task;
import dev.lanes.task.TaskId;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Takes tasks from publishers: checks them, and writes them to their lane's topic. */
@Singleton
public final class Intake {
    private static final Duration NEVER = Duration.ofDays(36_500);

    private final Topics topics;
    private final Handlers handlers;
    private final Admission admission;
    private final LaneName defaultLane;
    private final InstantSource clock = InstantSource.system();
    private final Producer<byte[], byte[]> producer;
    private final BrokerWatch kafka;
    /** Of which the producer knows where their partitions are. */
    private final Set<String> knownTopics = ConcurrentHashMap.newKeySet();

    Intake(
            KafkaClients clients,
            Topics topics,
            Handlers handlers,
            Admission admission,
            BrokerWatch kafka,
            PipelineConfig config) {
        this.kafka = kafka;
        this.topics = topics;
        this.handlers = handlers;
        this.admission = admission;
        this.defaultLane = LaneName.parse(config.defaultLane()).orElseThrow();
        this.producer = clients.producer(
                "intake",
                Map.of(
                        "linger.ms", "0",
                        // What comes while a request is on its way goes with the next: few full ones cost less.
                        "max.in.flight.requests.per.connection", "1",
                        "batch.size", "65536",
                        // It forgets no topic that nobody has written to for a while.
                        "metadata.max.idle.ms", Long.toString(NEVER.toMillis()),
                        "max.block.ms", "3000",
                        "request.timeout.ms", "3000",
                        "delivery.timeout.ms", "4000"));
    }

    /**
     * A task that may be published.
     *
     * @param idempotent whether it has an idempotency key, so that it may have been published before
     */
    public record Checked(Task task, List<String> warnings, boolean idempotent) {}

    /**
     * Reads and checks what a publisher sent.
     *
     * @param line where it stands in a batch; null for a task by itself
     * @throws Malformed naming the field at fault
     */
    public Checked check(byte[] json, int offset, int length, @Nullable BatchLine line) throws Malformed {
        TaskFields fields = TaskFields.read(json, offset, length, TaskFields.SUBMISSION);
        String type = fields.type;
        if (type == null) {
            throw new Malformed("type", "is missing");
        }
        LaneName lane = fields.lane != null ? fields.lane : defaultLane;
        Optional<RegisteredHandler> handler = handlers.find(type);
        Optional<String> refusal = admission.refusal(type, handler, lane);
        if (handler.isEmpty() || refusal.isPresent()) {
            throw new Malformed(handler.isEmpty() ? "type" : "lane", refusal.orElse("no handler"));
        }
        checkPayload(handler.get(), fields);
        if (fields.key != null && fields.ordered && !admission.keepsOrder(lane)) {
            throw Malformed.notOnThisLane("key", Admission.NO_ORDER);
        }
        Instant now = clock.instant();
        TaskId id = id(fields.idempotencyKey, line);
        Task task = new Task(
                id,
                1,
                1,
                type,
                lane,
                fields.key,
                fields.ordered,
                line == null ? null : line.batch(),
                fields.limits(),
                now,
                notBefore(fields, now),
                fields.payload);
        return new Checked(task, warnings(handler.get(), lane), fields.idempotencyKey != null);
    }

    /** The lanes that take tasks of a handler's type. */
    public List<LaneName> lanesOf(RegisteredHandler handler) {
        return Arrays.stream(LaneName.values())
                .filter(lane -> admission
                        .refusal(handler.type().value(), Optional.of(handler), lane)
                        .isEmpty())
                .toList();
    }

    /** A line of a batch: the batch's id and the line's number, from 1. */
    public record BatchLine(String batch, long number) {}

    private TaskId id(@Nullable String idempotencyKey, @Nullable BatchLine line) {
        if (idempotencyKey != null) {
            return TaskId.named("key", idempotencyKey);
        }
        return line == null
                ? TaskId.create(clock.instant())
                : TaskId.named("batch", line.batch(), Long.toString(line.number()));
    }

    /** What has come already counts as at once. */
    private static @Nullable Instant notBefore(TaskFields fields, Instant now) throws Malformed {
        Duration delay = fields.delay;
        Instant notBefore = fields.notBefore;
        if (delay != null && notBefore != null) {
            throw new Malformed("delayMs", "says the same as notBefore: give one of them");
        }
        if (notBefore != null && notBefore.isAfter(now.plus(TaskFields.MAX_DELAY))) {
            throw new Malformed("notBefore", "is more than " + TaskFields.MAX_DELAY.toDays() + " days ahead");
        }
        Instant at = delay == null ? notBefore : now.plus(delay);
        return at == null || !at.isAfter(now) ? null : at;
    }

    private static void checkPayload(RegisteredHandler handler, TaskFields fields) throws Malformed {
        try {
            handler.payload(fields.payload);
        } catch (PayloadProblem problem) {
            throw new Malformed(problem.field(), problem.reason());
        }
    }

    private static List<String> warnings(RegisteredHandler handler, LaneName lane) {
        return lane == LaneName.REACTIVE && handler.nonBlocking() == null
                ? List.of("the type " + handler.type().value() + " has a blocking form only: on reactive it blocks the"
                        + " lane's event loop, and every other task of the lane, while it runs")
                : List.of();
    }

    /**
     * Whether to publish a task may keep the caller waiting, for up to 3 s: while Kafka is away, and where it has to be
     * asked about the topic first.
     */
    public boolean mayWait(Task task) {
        return kafka.awaySince().isPresent() || !knownTopics.contains(Schedule.topic(task, topics));
    }

    /**
     * Writes a task to its lane's topic, or to those whose time has not come. The future fails with a
     * {@link KafkaException} within 5 s when Kafka is away.
     */
    public CompletableFuture<RecordMetadata> publish(Task task) {
        return publish(Schedule.record(task, topics));
    }

    /** The same for a record that has been made before. */
    CompletableFuture<RecordMetadata> publish(ProducerRecord<byte[], byte[]> record) {
        CompletableFuture<RecordMetadata> written = new CompletableFuture<>();
        try {
            producer.send(record, (metadata, failure) -> {
                if (failure == null) {
                    knownTopics.add(metadata.topic());
                    written.complete(metadata);
                } else {
                    written.completeExceptionally(failure);
                }
            });
        } catch (KafkaException away) {
            written.completeExceptionally(away);
        }
        return written;
    }
}
