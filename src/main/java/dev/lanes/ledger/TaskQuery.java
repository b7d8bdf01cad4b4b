package dev.lanes.ledger;

import dev.lanes.task.LaneName;
import dev.lanes.task.TaskId;
import dev.lanes.task.TaskState;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks a list holds; null for "any".
 *
 * @param limit the longest list
 * @param cursor where the list before this one ended; null for the first
 */
public record TaskQuery(
        @Nullable TaskState state,
        @Nullable LaneName lane,
        @Nullable String type,
        @Nullable String batch,
        @Nullable String key,
        int limit,
        @Nullable Cursor cursor) {

    private static final Comparator<Entry> NEWEST_FIRST = Comparator.comparingLong(
                    (Entry entry) -> entry.submittedMicros)
            .thenComparing(entry -> entry.id)
            .reversed();

    /** A list of tasks, newest first, and where the next one goes on. */
    public record Page(List<TaskView> tasks, Optional<Cursor> next) {}

    /** The last task of a list: the next one holds older ones. */
    public record Cursor(long submittedMicros, TaskId id) {
        /** Reads what {@link #toString} wrote; empty for anything else. */
        public static Optional<Cursor> parse(String text) {
            int dot = text.indexOf('.');
            try {
                return dot < 0
                        ? Optional.empty()
                        : TaskId.parse(text.substring(dot + 1))
                                .map(id -> new Cursor(Long.parseLong(text.substring(0, dot)), id));
            } catch (NumberFormatException foreign) {
                return Optional.empty();
            }
        }

        boolean before(Entry entry) {
            int byTime = Long.compare(entry.submittedMicros, submittedMicros);
            return byTime < 0 || byTime == 0 && entry.id.compareTo(id) < 0;
        }

        @Override
        public String toString() {
            return submittedMicros + "." + id;
        }
    }

    Page answer(Stream<Entry> entries) {
        // The newest of all, kept in a heap whose head is the oldest of them.
        PriorityQueue<Entry> newest = new PriorityQueue<>(NEWEST_FIRST.reversed());
        entries.filter(this::holds).forEach(entry -> {
            newest.add(entry);
            if (newest.size() > limit + 1) {
                newest.remove();
            }
        });
        List<Entry> sorted = newest.stream().sorted(NEWEST_FIRST).toList();
        List<Entry> page = sorted.subList(0, Math.min(limit, sorted.size()));
        Optional<Cursor> next = sorted.size() > limit
                ? Optional.of(new Cursor(page.getLast().submittedMicros, page.getLast().id))
                : Optional.empty();
        return new Page(page.stream().map(TaskView::of).toList(), next);
    }

    private boolean holds(Entry entry) {
        return entry.published
                && (state == null || entry.state == state)
                && (lane == null || entry.lane == lane)
                && (type == null || entry.type.equals(type))
                && (batch == null || batch.equals(entry.batch))
                && (key == null || key.equals(entry.key))
                && (cursor == null || cursor.before(entry));
    }
}
