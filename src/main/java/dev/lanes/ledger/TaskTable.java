package dev.lanes.ledger;

import dev.lanes.pipeline.OutcomeRecord;
import dev.lanes.task.LaneName;
import dev.lanes.task.Limits;
import dev.lanes.task.RawJson;
import dev.lanes.task.Task;
import dev.lanes.task.TaskId;
import dev.lanes.task.TaskState;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
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
    private final Entries entries = new Entries();
    /** Also of tasks that have been given another life since, which are passed over. */
    private final EndOrder ends = new EndOrder();
    /** Tasks of which there are news, and that have not been read; one that the ledger has dropped never will be. */
    private final SequencedSet<TaskId> orphans = new LinkedHashSet<>();
    /** Tasks that wait no longer, while nobody has read whether that is because they were cancelled. */
    private final SequencedMap<TaskId, Entry> released = new LinkedHashMap<>();

    private Totals totals = new Totals();
    private int finished;
    private boolean dropped;

    /**
     * @param window how many finished tasks are kept
     */
    TaskTable(int window) {
        this.window = window;
    }

    /** Begins anew, from a snapshot where there is one. */
    void clear(Optional<Snapshot> snapshot) {
        entries.clear();
        ends.clear();
        finished = 0;
        orphans.clear();
        released.clear();
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
        if (!waited) {
            countPublished(entry, task, counted);
        }
        if (task.generation() < entry.generation) {
            return keep(entry, false);
        }
        if (task.generation() > entry.generation) {
            raise(entry, task.generation());
        }
        if (task.generation() > entry.taskGeneration) {
            entry.taskGeneration = task.generation();
            entry.taskAt = position;
            entry.recordMillis = recordMillis;
            entry.lane = task.lane();
            entry.counted |= counted;
            totals.dead -= counted && task.generation() > 1 ? 1 : 0;
        }
        if (entry.state == TaskState.SCHEDULED) {
            entry.state = TaskState.QUEUED;
        }
        return keep(entry, know(entry, task, counted));
    }

    /** Applies the record of a task whose time has not come, found at {@code position} of the topic of those. */
    @Nullable
    Entry scheduled(Task task, long position, boolean counted) {
        if (task.attempt() > 1) {
            // The outcome of the attempt before says that there will be another.
            Entry retried = entries.get(task.id());
            if (retried != null) {
                retried.notBeforeMicros = Entry.micros(task.readyAt());
                entries.put(retried);
            }
            return null;
        }
        Entry entry = entry(task);
        countPublished(entry, task, counted);
        entry.notBeforeMicros = Entry.micros(task.readyAt());
        entry.scheduledAt = position;
        if (entry.taskAt == Entry.NOWHERE && entry.state == TaskState.QUEUED) {
            entry.state = TaskState.SCHEDULED;
        }
        return keep(entry, know(entry, task, counted));
    }

    /**
     * Applies that a task no longer waits for its time. Its record in its lane has been written by then, or that it was
     * cancelled: whatever is not known of either when this has been read before has been dropped.
     */
    void unscheduled(TaskId id, boolean counted) {
        Entry entry = find(id);
        if (entry != null && entry.state == TaskState.SCHEDULED && !counted) {
            entries.remove(id);
            released.put(id, entry);
            if (released.size() > MAX_ORPHANS) {
                released.pollFirstEntry();
            }
        }
    }

    /** Of all records of a task only the first counts, be it in its lane or among those that wait. */
    private void countPublished(Entry entry, Task task, boolean counted) {
        if (task.generation() == 1 && !entry.countedAsPublished) {
            entry.countedAsPublished = true;
            totals.published += counted ? 1 : 0;
        }
    }

    /** A dead task lives again. */
    private void raise(Entry entry, int generation) {
        if (entry.state.finished()) {
            finished -= entry.published ? 1 : 0;
        } else {
            entry.endsToCome++;
        }
        entry.generation = generation;
        entry.earlier =
                Stream.concat(entry.earlier.stream(), entry.attempts.stream()).toList();
        entry.attempts = List.of();
        entry.state = TaskState.QUEUED;
        entry.outcomeAt = Entry.NOWHERE;
        entry.finishedMicros = 0;
        entry.counted = false;
    }

    private Entry entry(Task task) {
        Entry known = entries.get(task.id());
        if (known != null) {
            return known;
        }
        Entry entry = new Entry(task.id(), task.type(), task.lane());
        entry.generation = task.generation();
        return entry;
    }

    /** Whether all of the task is known now that was not before; one that is sent again is the same, and counted once. */
    private boolean know(Entry entry, Task task, boolean counted) {
        if (entry.published) {
            return false;
        }
        entry.published = true;
        orphans.remove(entry.id);
        entry.type = task.type();
        entry.lane = task.lane();
        entry.key = task.key();
        entry.batch = task.batch();
        entry.submittedMicros = Entry.micros(task.submittedAt());
        entry.counted |= counted;
        return entry.state.finished();
    }

    /** Applies a record that no lane can read. Its end comes as an outcome like any other. */
    @Nullable
    Entry unreadable(TaskId id, LaneName lane, long position, long recordMillis, boolean counted) {
        Instant at = Instant.ofEpochMilli(recordMillis);
        Task task = new Task(id, 1, 1, "unreadable", lane, null, false, null, Limits.DEFAULT, at, null, RawJson.EMPTY);
        return published(task, position, recordMillis, counted, false);
    }

    /**
     * Applies an outcome, found at {@code position} of the outcomes' topic.
     *
     * @return the entry when the task has now ended, and all of it is known
     */
    @Nullable
    Entry outcome(OutcomeRecord outcome, long position, boolean counted) {
        Entry cancelled = outcome.state() == TaskState.CANCELLED ? released.remove(outcome.id()) : null;
        Entry known = entries.get(outcome.id());
        Entry entry = known != null ? known : cancelled != null ? cancelled : orphan(outcome);
        return keep(entry, apply(outcome, entry, position, counted));
    }

    private Entry orphan(OutcomeRecord outcome) {
        Entry entry = new Entry(outcome.id(), outcome.type(), outcome.attempt().lane());
        entry.generation = outcome.generation();
        entry.submittedMicros = Entry.micros(outcome.submittedAt());
        orphans.add(entry.id);
        if (orphans.size() > MAX_ORPHANS) {
            entries.remove(orphans.removeFirst());
        }
        return entry;
    }

    /** Whether the task has now ended, and all of it is known. */
    private boolean apply(OutcomeRecord outcome, Entry entry, long position, boolean counted) {
        if (outcome.generation() > entry.generation) {
            raise(entry, outcome.generation());
        }
        if (outcome.generation() < entry.generation) {
            endOfEarlierLife(entry, outcome, counted);
            return false;
        }
        boolean endsAgain = entry.state.finished() && outcome.state().finished();
        if (counted && (endsAgain || History.hasOutcomeOf(entry.attempts, outcome.attempt()))) {
            totals.duplicates++;
        }
        if (endsAgain) {
            return false;
        }
        if (!outcome.state().finished() && History.isOfEarlier(entry.attempts, outcome.attempt())) {
            entry.attempts = History.withEarlier(entry.attempts, outcome.attempt());
            return false;
        }
        if (!entry.state.mayBecome(outcome.state())) {
            return false;
        }
        entry.state = outcome.state();
        entry.attempts = History.with(entry.attempts, outcome.attempt());
        if (!outcome.state().finished()) {
            return false;
        }
        entry.outcomeAt = position;
        Instant end = outcome.attempt().finishedAt();
        entry.finishedMicros = end == null ? 0 : Entry.micros(end);
        entry.counted |= counted;
        return entry.published;
    }

    /** News of a life before the one that we know of already. */
    private void endOfEarlierLife(Entry entry, OutcomeRecord outcome, boolean counted) {
        if (outcome.state().finished() && entry.endsToCome == 0) {
            totals.duplicates += counted ? 1 : 0;
            return;
        }
        entry.earlier = History.withEarlier(entry.earlier, outcome.attempt());
        if (outcome.state().finished()) {
            entry.endsToCome--;
            if (counted) {
                totals.count(outcome.state());
            }
        }
    }

    /**
     * Keeps an entry as it is now. When its task and its end have both come to be known, it is counted, and what the
     * window no longer holds is dropped.
     *
     * @return the entry in that case, else null
     */
    private @Nullable Entry keep(Entry entry, boolean ends) {
        entries.put(entry);
        if (!ends) {
            return null;
        }
        if (entry.counted) {
            totals.count(entry.state);
        }
        ends(entry);
        return entry;
    }

    private void ends(Entry entry) {
        ends.add(entry.finishedMicros, entry.id);
        finished++;
        while (finished > window) {
            long endedAt = ends.earliestMicros();
            Entry earliest = entries.get(ends.remove());
            if (earliest != null && earliest.state.finished() && earliest.finishedMicros == endedAt) {
                entries.remove(earliest.id);
                finished--;
                dropped = true;
            }
        }
    }

    /**
     * Forgets tasks of which no end can be read any more. The totals say how many have not ended; when there are more
     * here, these are such as Kafka keeps for longer than their outcomes, and of those that came before the oldest
     * outcome that it has, the oldest have ended.
     *
     * @param outcomesSinceMillis before this time, outcomes may be missing
     */
    void forgetEnded(long outcomesSinceMillis) {
        long unfinished = entries.all()
                .filter(entry -> entry.published && !entry.state.finished())
                .count();
        List<Entry> ended = entries.all()
                .filter(entry -> entry.published
                        && !entry.counted
                        && entry.state == TaskState.QUEUED
                        && entry.recordMillis < outcomesSinceMillis)
                .sorted(Comparator.comparingLong(entry -> entry.recordMillis))
                .limit(Math.max(0, unfinished - totals.summary().pending()))
                .toList();
        ended.forEach(entry -> entries.remove(entry.id));
        dropped |= !ended.isEmpty();
    }

    /**
     * Takes tasks for known of which only the end is left: of one that was cancelled while it waited for its time, Kafka
     * keeps no more. To be called when all has been read.
     */
    void adoptCancelled() {
        for (TaskId id : List.copyOf(orphans)) {
            Entry orphan = entries.get(id);
            if (orphan != null && orphan.state == TaskState.CANCELLED) {
                orphans.remove(id);
                orphan.published = true;
                keep(orphan, true);
            }
        }
    }

    @Nullable
    Entry find(TaskId id) {
        Entry entry = entries.get(id);
        return entry != null && entry.published ? entry : null;
    }

    Stream<Entry> all() {
        return entries.all();
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
     * their time do not count; of those that were cancelled while they did, their end does.
     */
    long oldestRecordMillis(long otherwise) {
        return entries.all()
                .filter(entry -> entry.published && (entry.taskAt != Entry.NOWHERE || entry.state.finished()))
                .mapToLong(entry -> entry.taskAt == Entry.NOWHERE ? entry.finishedMicros / 1000 : entry.recordMillis)
                .min()
                .orElse(otherwise);
    }
}
