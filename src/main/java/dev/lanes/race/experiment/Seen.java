package dev.lanes.race.experiment;

import dev.lanes.race.Trial;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a lane was seen to do with tasks.
 *
 * @param title the lane, and on how many cores
 * @param byThread what each thread had in progress
 * @param busy cores that it kept busy on average, less what its process does anyway
 */
record Seen(String title, Map<String, InProgress> byThread, double busy) {
    static Seen of(String title, Ran ran, double busy) {
        Instant first = ran.firstStart();
        Map<String, InProgress> byThread =
                new TreeMap<>(Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder()));
        ran.attempts()
                .forEach(attempt -> byThread.merge(
                        attempt.place().thread(),
                        new InProgress(
                                List.of(InProgress.Span.of(first, attempt.startedAt(), Trial.finishedAt(attempt)))),
                        InProgress::and));
        return new Seen(title, byThread, busy);
    }

    int mostInProgress() {
        return all().max();
    }

    double meanInProgress() {
        return all().mean(0, end());
    }

    /** When the last task finished, in microseconds since the first started. */
    long end() {
        return all().end();
    }

    private InProgress all() {
        return byThread.values().stream().reduce(new InProgress(List.of()), InProgress::and);
    }

    /** All of it in a line. */
    String line() {
        return String.format(
                Locale.ROOT,
                "%s: up to %d tasks in progress (%.0f on average), %.2f cores busy",
                title,
                mostInProgress(),
                meanInProgress(),
                busy);
    }

    void addTo(Finding.Figures figures) {
        figures.add(title + ", most in progress", mostInProgress(), "tasks")
                .add(title + ", in progress on average", meanInProgress(), "tasks")
                .add(title + ", busy on average", busy, "cores");
    }
}
