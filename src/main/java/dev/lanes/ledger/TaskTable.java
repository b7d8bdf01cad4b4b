package dev.lanes.ledger;

import dev.lanes.pipeline.OutcomeRecord;
import dev.lanes.task.Attempt;
import dev.lanes.task.LaneName;
import dev.lanes.task.Outcome;
import dev.lanes.task.Task;
import dev.lanes.task.TaskId;
import dev.lanes.task.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that the ledger knows, and the totals: what follows from the records alone, in whatever order the
 * partitions are read. All unfinished tasks are kept, and the newest finished ones.
 *
 * <p>A task is counted as published once its record has been read, and as finished once its record and its end have.
 * Records that the totals cover already are applied with {@code counted = false}. Not thread-safe.
 */
final class TaskTable {
    private static final int MAX_ORPHANS = 50_000;

    private final int window;
    private final Map<TaskId, Entry> entries = new HashMap<>();
    private final PriorityQueue<Entry> finished = new PriorityQueue<>();
    /** News of tasks that have not been read; of a task that the ledger has dropped, it never will be. */
    private final SequencedMap<TaskId, Entry> orphans = new LinkedHashMap<>();

    private Totals totals = new Totals();
    private boolean dropped;

    /** The counters that are kept across restarts. */
    static final class Totals {
        long published;
        long succeeded;
        long dead;
        long cancelled;
        long duplicates;

        Summary summary() {
            return new Summary(
                    published, succeeded, dead, cancelled, published - succeeded - dead - cancelled, duplicates);
        }

        private void restore(Summary summary) {
            published = summary.published();
            succeeded = summary.succeeded();
            dead = summary.dead();
            cancelled = summary.cancelled();
            duplicates = summary.duplicates();
        }

        private void count(TaskState state) {
            switch (state) {
                case SUCCEEDED -> succeeded++;
                case DEAD -> dead++;
                case CANCELLED -> cancelled++;
                case SCHEDULED, QUEUED, RUNNING, RETRYING -> throw new IllegalArgumentException(state + " is no end");
            }
        }
    }

    /**
     * @param window how many finished tasks are kept
     */
    TaskTable(int window) {
        this.window = window;
    }

    /** Begins anew, from a snapshot where there is one. */
    void clear(Optional<Snapshot> snapshot) {
        entries.clear();
        finished.clear();
        orphans.clear();
        totals = new Totals();
        snapshot.ifPresent(saved -> totals.restore(saved.totals()));
        dropped = snapshot.map(Snapshot::dropped).orElse(false);
    }

    /** Applies the record of a task, found at {@code position} of its lane's topic at {@code recordMillis}. */
    @Nullable
    Entry published(Task task, long position, long recordMillis, boolean counted) {
        Entry entry = entries.computeIfAbsent(
                task.id(), id -> new Entry(id, task.type().intern(), task.lane()));
        if (entry.published) {
            // Sent again: the same task, which is counted once.
            return null;
        }
        entry.published = true;
        orphans.remove(entry.id);
        entry.type = task.type().intern();
        entry.lane = task.lane();
        entry.key = task.key();
        entry.batch = task.batch() == null ? null : task.batch().intern();
        entry.submittedMicros = Entry.micros(task.submittedAt());
        entry.recordMillis = recordMillis;
        entry.taskAt = position;
        if (counted) {
            totals.published++;
        }
        entry.counted |= counted;
        return settle(entry);
    }

    /** Applies a record that no lane can read. Its end comes as an outcome like any other. */
    @Nullable
    Entry unreadable(TaskId id, LaneName lane, long position, long recordMillis, boolean counted) {
        Instant at = Instant.ofEpochMilli(recordMillis);
        Task task = new Task(id, 1, 1, "unreadable", lane, null, null, null, at, dev.lanes.task.RawJson.EMPTY);
        return published(task, position, recordMillis, counted);
    }

    /**
     * Applies an outcome, found at {@code position} of the outcomes' topic.
     *
     * @return the entry when the task has now ended, and all of it is known
     */
    @Nullable
    Entry outcome(OutcomeRecord outcome, long position, boolean counted) {
        Entry entry = entries.get(outcome.id());
        if (entry == null) {
            entry = new Entry(
                    outcome.id(), outcome.type().intern(), outcome.attempt().lane());
            entry.submittedMicros = Entry.micros(outcome.submittedAt());
            entries.put(entry.id, entry);
            orphans.put(entry.id, entry);
            if (orphans.size() > MAX_ORPHANS) {
                entries.remove(orphans.pollFirstEntry().getKey());
            }
        }
        if (entry.state.finished() && outcome.state().finished()) {
            if (counted) {
                totals.duplicates++;
            }
            return null;
        }
        if (!entry.state.mayBecome(outcome.state())) {
            return null;
        }
        entry.state = outcome.state();
        entry.attempts = with(entry.attempts, outcome.attempt());
        if (!outcome.state().finished()) {
            return null;
        }
        entry.outcomeAt = position;
        Instant end = outcome.attempt().finishedAt();
        entry.finishedMicros = end == null ? 0 : Entry.micros(end);
        entry.counted |= counted;
        return entry.published ? settle(entry) : null;
    }

    /** Counts an entry of which both the task and its end are known, and drops what the window no longer holds. */
    private @Nullable Entry settle(Entry entry) {
        if (!entry.state.finished()) {
            return null;
        }
        if (entry.counted) {
            totals.count(entry.state);
        }
        finished.add(entry);
        while (finished.size() > window) {
            entries.remove(finished.remove().id);
            dropped = true;
        }
        return entry;
    }

    /**
     * The attempts with one more, or with news of the last. An attempt that another place has begun again was lost by
     * the first.
     */
    private static List<Attempt> with(List<Attempt> attempts, Attempt news) {
        List<Attempt> all = new ArrayList<>(attempts.size() + 1);
        for (Attempt known : attempts) {
            if (!sameRun(known, news)) {
                all.add(known.outcome() == null ? lost(known, news.startedAt()) : known);
            }
        }
        all.add(news);
        return List.copyOf(all);
    }

    /** Whoever says that an attempt was lost knows somewhat less well when it began. */
    private static boolean sameRun(Attempt known, Attempt news) {
        return known.number() == news.number()
                && (known.startedAt().equals(news.startedAt()) || news.outcome() == Outcome.LOST)
                && known.place().pid() == news.place().pid()
                && known.place().host().equals(news.place().host());
    }

    private static Attempt lost(Attempt attempt, Instant by) {
        return new Attempt(
                attempt.number(),
                attempt.lane(),
                attempt.place(),
                attempt.startedAt(),
                by,
                Outcome.LOST,
                "its process did not finish it");
    }

    @Nullable
    Entry find(TaskId id) {
        Entry entry = entries.get(id);
        return entry != null && entry.published ? entry : null;
    }

    Collection<Entry> all() {
        return entries.values();
    }

    Summary summary() {
        return totals.summary();
    }

    /** Whether finished tasks have been dropped, so that an unknown id may be an old one. */
    boolean dropped() {
        return dropped;
    }

    /** When Kafka got the oldest task that is held, in milliseconds; {@code otherwise} when none is. */
    long oldestRecordMillis(long otherwise) {
        return entries.values().stream()
                .filter(entry -> entry.published)
                .mapToLong(entry -> entry.recordMillis)
                .min()
                .orElse(otherwise);
    }
}
