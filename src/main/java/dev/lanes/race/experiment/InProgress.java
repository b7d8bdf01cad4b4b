package dev.lanes.race.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * How many tasks are in progress at a time.
 *
 * @param spans from start to finish of each
 */
record InProgress(List<Span> spans) {
    /** From start to finish of a task, in microseconds since some moment. */
    record Span(long from, long to) {
        static Span of(Instant origin, Instant start, Instant finish) {
            return new Span(micros(origin, start), micros(origin, finish));
        }

        private static long micros(Instant origin, Instant at) {
            return Duration.between(origin, at).toNanos() / 1000;
        }
    }

    InProgress and(InProgress others) {
        return new InProgress(
                Stream.concat(spans.stream(), others.spans().stream()).toList());
    }

    /** The most at once; a task that starts as another finishes does not overlap it. */
    int max() {
        long[] starts = spans.stream().mapToLong(Span::from).sorted().toArray();
        long[] ends = spans.stream().mapToLong(Span::to).sorted().toArray();
        int most = 0;
        for (int begun = 0, done = 0; begun < starts.length; begun++) {
            while (done < begun && ends[done] <= starts[begun]) {
                done++;
            }
            most = Math.max(most, begun + 1 - done);
        }
        return most;
    }

    /** On average, from {@code from} to {@code to}, in microseconds. */
    double mean(long from, long to) {
        double micros = 0;
        for (Span span : spans) {
            micros += Math.max(0, Math.min(to, span.to()) - Math.max(from, span.from()));
        }
        return micros / Math.max(1, to - from);
    }

    /** When the last one finishes, in microseconds. */
    long end() {
        return spans.stream().mapToLong(Span::to).max().orElse(0);
    }
}
