package dev.lanes.ledger;

import dev.lanes.pipeline.Follower;
import dev.lanes.pipeline.KafkaClients;
import dev.lanes.pipeline.Malformed;
import dev.lanes.pipeline.OutcomeJson;
import dev.lanes.pipeline.PipelineConfig;
import dev.lanes.pipeline.Schedule;
import dev.lanes.pipeline.TaskJson;
import dev.lanes.pipeline.Topics;
import dev.lanes.task.Task;
import dev.lanes.task.TaskId;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What happened to every task: a view that follows the task topics and the outcomes, and can be thrown away and built
 * again at any time.
 */
@Singleton
public final class Ledger {
    private static final Logger LOG = Logger.getLogger(Ledger.class);

    private final KafkaClients clients;
    private final Topics topics;
    private final PipelineConfig pipeline;
    private final Arrivals arrivals = new Arrivals();
    private final Waiters waiters = new Waiters();
    private final EndSamples samples = new EndSamples();

    /** Guarded by itself. */
    private final TaskTable table;

    private final Follower follower = new Follower("ledger", "the ledger", this::follow, Ledger::lost);
    private @Nullable RecordReader reader;
    /** Null while there is none, and the table may be that of none. */
    private volatile @Nullable LedgerFeed feed;

    Ledger(KafkaClients clients, Topics topics, PipelineConfig pipeline, LedgerConfig config) {
        this.clients = clients;
        this.topics = topics;
        this.pipeline = pipeline;
        this.table = new TaskTable(config.window());
    }

    void start(@Observes @Priority(Priorities.LEDGER) StartupEvent event) {
        if (pipeline.servesApi()) {
            reader = new RecordReader(clients, topics);
            follower.start();
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        follower.stop();
        follower.awaitEnd(Duration.ofSeconds(2));
        if (reader != null) {
            reader.close();
        }
    }

    private void follow() {
        // The next one clears the table: until it has read all again, nobody may take a task for unknown.
        feed = null;
        try (LedgerFeed now = new LedgerFeed(clients, topics, table, this::apply)) {
            feed = now;
            while (!follower.isStopping()) {
                now.poll();
                arrivals.passed(now.positions());
            }
            now.saveSnapshot();
        }
    }

    private static void lost(RuntimeException away) {
        LOG.warnf("the ledger lost Kafka (%s): it goes on where it was once Kafka is back", away);
    }

    private void apply(List<LedgerFeed.Read> records) {
        List<TaskView> ended = new ArrayList<>();
        synchronized (table) {
            for (LedgerFeed.Read read : records) {
                Entry entry = applyOrSkip(read);
                if (entry != null && (waiters.waitFor(entry.id) || samples.wanted())) {
                    ended.add(TaskView.of(entry));
                }
            }
        }
        for (TaskView task : ended) {
            waiters.ended(task.id());
            samples.offer(task);
        }
    }

    private @Nullable Entry applyOrSkip(LedgerFeed.Read read) {
        try {
            return apply(read);
        } catch (RuntimeException unexpected) {
            // One record that we fail on must not end the view of all others.
            var record = read.record();
            LOG.errorf(
                    unexpected,
                    "the ledger passes over the record %d of %s-%d",
                    record.offset(),
                    record.topic(),
                    record.partition());
            return null;
        }
    }

    private @Nullable Entry apply(LedgerFeed.Read read) {
        var record = read.record();
        long position = Entry.position(record.partition(), record.offset());
        if (record.topic().equals(topics.outcomes())) {
            try {
                return table.outcome(OutcomeJson.read(record.value()), position, read.counted());
            } catch (Malformed foreign) {
                LOG.debugf("a record of %s is none of ours: %s", topics.outcomes(), foreign.line());
                return null;
            }
        }
        if (record.topic().equals(topics.scheduled())) {
            return applyScheduled(record, position, read.counted());
        }
        try {
            return table.published(
                    TaskJson.read(record), position, record.timestamp(), read.counted(), Schedule.hasWaited(record));
        } catch (Malformed unreadable) {
            return table.unreadable(
                    TaskJson.idOf(record), Topics.laneOf(record.topic()), position, record.timestamp(), read.counted());
        }
    }

    private @Nullable Entry applyScheduled(ConsumerRecord<byte[], byte[]> record, long position, boolean counted) {
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (Schedule.isLease(key)) {
            return null;
        }
        if (record.value() == null) {
            TaskId.parse(Schedule.idOfFirst(key)).ifPresent(id -> table.unscheduled(id, counted));
            return null;
        }
        try {
            return table.scheduled(TaskJson.readScheduled(record), position, counted);
        } catch (Malformed foreign) {
            LOG.debugf("a record of %s is none of ours: %s", topics.scheduled(), foreign.line());
            return null;
        }
    }

    /** The task as far as it is known; empty when the ledger does not hold it. */
    public Optional<TaskView> find(TaskId id) {
        synchronized (table) {
            return Optional.ofNullable(table.find(id)).map(TaskView::of);
        }
    }

    /** The task with its payload and result, which are read from Kafka; may wait for up to 2 s for each. */
    public TaskView withDetails(TaskView task) {
        RecordReader records = reader;
        Positions at = positions(task.id());
        return records == null || at == null
                ? task
                : task.with(
                        records.task(task.lane(), at.task, at.scheduled)
                                .map(Task::payload)
                                .orElse(null),
                        records.result(at.outcome));
    }

    /** A task as it was published, read from Kafka again; empty when Kafka no longer has it, or does not answer. */
    public Optional<Task> published(TaskView task) {
        RecordReader records = reader;
        Positions at = positions(task.id());
        return records == null || at == null ? Optional.empty() : records.task(task.lane(), at.task, at.scheduled);
    }

    /** Where its records lie. */
    private record Positions(long task, long scheduled, long outcome) {}

    private @Nullable Positions positions(TaskId id) {
        synchronized (table) {
            Entry entry = table.find(id);
            return entry == null ? null : new Positions(entry.taskAt, entry.scheduledAt, entry.outcomeAt);
        }
    }

    /** The tasks that a query asks for. */
    public TaskQuery.Page list(TaskQuery query) {
        synchronized (table) {
            return query.answer(table.all());
        }
    }

    public Summary summary() {
        synchronized (table) {
            return table.summary();
        }
    }

    /** Whether finished tasks have left the window, so that an id which is not held may be an old one. */
    public boolean hasDropped() {
        synchronized (table) {
            return table.dropped();
        }
    }

    /** When Kafka got the oldest task that is held, in milliseconds since 1970; now when none is held. */
    public long heldSinceMillis() {
        synchronized (table) {
            return table.oldestRecordMillis(System.currentTimeMillis());
        }
    }

    /** Completes when the ledger has read all that Kafka holds now; fails when Kafka does not answer. */
    public CompletableFuture<Void> caughtUpWithNow() {
        LedgerFeed now = feed;
        return now == null
                ? CompletableFuture.failedFuture(new IllegalStateException("the ledger has not started"))
                : now.ends().thenCompose(arrivals::passedAll);
    }

    /** Whether the ledger has read once all that Kafka held when it began, for the first time or again. */
    public boolean restored() {
        LedgerFeed now = feed;
        return now != null && now.restored();
    }

    /** Completes when the task ends; never, when that never happens. Cancel it to stop waiting. */
    public CompletableFuture<Void> end(TaskId id) {
        CompletableFuture<Void> end = waiters.add(id);
        // It may have ended before we began to wait.
        if (find(id).map(task -> task.state().finished()).orElse(false)) {
            end.complete(null);
        }
        return end;
    }

    /** Calls the listener for some of the tasks that end, at most 20 a second, on the ledger's thread. */
    public void sample(Consumer<TaskView> listener) {
        samples.add(listener);
    }
}
