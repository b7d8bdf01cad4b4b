package dev.lanes.ledger;

import dev.lanes.pipeline.OutcomeRecord;
import dev.lanes.task.Attempt;
import dev.lanes.task.LaneName;
import dev.lanes.task.Limits;
import dev.lanes.task.Outcome;
import dev.lanes.task.RawJson;
import dev.lanes.task.Task;
import dev.lanes.task.TaskId;
import dev.lanes.task.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SequencedMap;
import java.util.stream.Stream;
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

    /**
     * Applies the record of a task, found at {@code position} of its lane's topic at {@code recordMillis}.
     *
     * @param waited whether the task has been scheduled before, and counted then
     */
    @Nullable
    Entry published(Task task, long position, long recordMillis, boolean counted, boolean waited) {
        if (task.attempt() > 1 && find(task.id()) == null) {
            // The first attempt's record came before this one: the task has been dropped since.
            return null;
        }
        Entry entry = entry(task);
        if (entry.taskAt == Entry.NOWHERE) {
            entry.taskAt = position;
            entry.recordMillis = recordMillis;
        }
        if (entry.state == TaskState.SCHEDULED) {
            entry.state = TaskState.QUEUED;
        }
        return know(entry, task, counted, waited);
    }

    /** Applies the record of a task whose time has not come, found at {@code position} of the topic of those. */
    @Nullable
    Entry scheduled(Task task, long position, boolean counted) {
        if (task.attempt() > 1) {
            // The outcome of the attempt before says that there will be another.
            return null;
        }
        Entry entry = entry(task);
        entry.scheduledAt = position;
        if (entry.taskAt == Entry.NOWHERE && entry.state == TaskState.QUEUED) {
            entry.state = TaskState.SCHEDULED;
        }
        return know(entry, task, counted, false);
    }

    /**
     * Applies that a task no longer waits for its time. Its record in its lane has been written by then: whatever is
     * not known of that when this has been read before has been dropped.
     */
    void unscheduled(TaskId id, boolean counted) {
        Entry entry = find(id);
        if (entry != null && entry.state == TaskState.SCHEDULED && !counted) {
            entries.remove(id);
        }
    }

    private Entry entry(Task task) {
        return entries.computeIfAbsent(task.id(), id -> new Entry(id, task.type().intern(), task.lane()));
    }

    private @Nullable Entry know(Entry entry, Task task, boolean counted, boolean waited) {
        if (!waited && !entry.countedAsPublished) {
            entry.countedAsPublished = true;
            totals.published += counted ? 1 : 0;
        }
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
        entry.counted |= counted;
        return settle(entry);
    }

    /** Applies a record that no lane can read. Its end comes as an outcome like any other. */
    @Nullable
    Entry unreadable(TaskId id, LaneName lane, long position, long recordMillis, boolean counted) {
        Instant at = Instant.ofEpochMilli(recordMillis);
        Task task = new Task(
                id, 1, 1, "unreadable", lane, null, null, Limits.DEFAULT, at, null, RawJson.EMPTY);
        return published(task, position, recordMillis, counted, false);
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
        if (isLate(outcome, entry)) {
            entry.attempts = inOrder(entry.attempts, outcome.attempt());
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

    /** Whether this is news of an attempt that has been followed by another, said by two processes out of turn. */
    private static boolean isLate(OutcomeRecord outcome, Entry entry) {
        return !outcome.state().finished()
                && !entry.attempts.isEmpty()
                && outcome.attempt().number() < entry.attempts.getLast().number();
    }

    private static List<Attempt> inOrder(List<Attempt> attempts, Attempt earlier) {
        if (attempts.stream().anyMatch(known -> sameRun(known, earlier))) {
            return attempts;
        }
        return Stream.concat(attempts.stream(), Stream.of(earlier))
                .sorted(Comparator.comparingInt(Attempt::number))
                .toList();
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

    /**
     * When Kafka got the oldest task that is held, in milliseconds; {@code otherwise} when none is. Those that wait for
     * their time do not count.
     */
    long oldestRecordMillis(long otherwise) {
        return entries.values().stream()
                .filter(entry -> entry.published && entry.taskAt != Entry.NOWHERE)
                .mapToLong(entry -> entry.recordMillis)
                .min()
                .orElse(otherwise);
    }
}
