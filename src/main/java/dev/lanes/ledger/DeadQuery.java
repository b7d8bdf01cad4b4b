package dev.lanes.ledger;

import dev.lanes.task.LaneName;
import dev.lanes.task.TaskId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters somebody means; null for "any".
 *
 * @param error a part of the reason, in upper or lower case
 * @param since the first moment at which they died
 * @param until the first at which they had not died yet
 */
public record DeadQuery(
        @Nullable Set<TaskId> ids,
        @Nullable String type,
        @Nullable LaneName lane,
        @Nullable String error,
        @Nullable Instant since,
        @Nullable Instant until) {
    /** All of them. */
    public static final DeadQuery ALL = new DeadQuery(null, null, null, null, null, null);

    private static final Comparator<DeadView> NEWEST_FIRST =
            Comparator.comparing(DeadView::at).thenComparing(DeadView::id).reversed();

    /** Whether it names anything, and so not simply all of them. */
    public boolean narrows() {
        return !equals(ALL);
    }

    /** Those that it means, the newest first. */
    List<DeadView> answer(Stream<DeadView> letters) {
        return letters.filter(this::holds).sorted(NEWEST_FIRST).toList();
    }

    /** The ids that it names, and that none of the letters found has. */
    public List<TaskId> missing(List<DeadView> found) {
        if (ids == null) {
            return List.of();
        }
        Set<TaskId> missing = new TreeSet<>(ids);
        found.forEach(letter -> missing.remove(letter.id()));
        return List.copyOf(missing);
    }

    private boolean holds(DeadView letter) {
        return (ids == null || ids.contains(letter.id()))
                && (type == null || letter.type().equals(type))
                && (lane == null || letter.lane() == lane)
                && (error == null || lower(letter.reason()).contains(lower(error)))
                && (since == null || !letter.at().isBefore(since))
                && (until == null || letter.at().isBefore(until));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
