package dev.lanes.race;

import dev.lanes.task.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** The times of one round's tasks, in microseconds. */
final class Figures {
    private final Histogram waits = Percentiles.histogram();
    private final Histogram runs = Percentiles.histogram();
    private final Histogram latencies = Percentiles.histogram();
    private long[] starts = new long[1024];
    private long[] ends = new long[1024];
    private int attempts;

    /** From submission, or the moment at which it was to be, to the outcome's record in Kafka. */
    void latency(Instant submittedAt, long atMillis) {
        latencies.recordValue(micros(submittedAt, Instant.ofEpochMilli(atMillis)));
    }

    void attempt(Instant submittedAt, Attempt attempt) {
        Instant finished = attempt.finishedAt();
        if (finished == null) {
            return;
        }
        waits.recordValue(micros(submittedAt, attempt.startedAt()));
        runs.recordValue(micros(attempt.startedAt(), finished));
        if (attempts == starts.length) {
            starts = Arrays.copyOf(starts, 2 * attempts);
            ends = Arrays.copyOf(ends, 2 * attempts);
        }
        starts[attempts] = nanos(attempt.startedAt());
        ends[attempts++] = nanos(finished);
    }

    Histogram waits() {
        return waits;
    }

    Histogram runs() {
        return runs;
    }

    Histogram latencies() {
        return latencies;
    }

    /** Tasks in progress on average over that time. */
    double inProgressMean(Duration wall) {
        return runs.getTotalCount() * runs.getMean() * 1000 / wall.toNanos();
    }

    /** Tasks in progress at once, at most. */
    int inProgressMax() {
        long[] started = Arrays.copyOf(starts, attempts);
        long[] ended = Arrays.copyOf(ends, attempts);
        Arrays.sort(started);
        Arrays.sort(ended);
        int most = 0;
        int done = 0;
        for (int begun = 0; begun < attempts; begun++) {
            while (done < begun && ended[done] <= started[begun]) {
                done++;
            }
            most = Math.max(most, begun + 1 - done);
        }
        return most;
    }

    private static long micros(Instant from, Instant to) {
        return Math.clamp(Duration.between(from, to).toNanos() / 1000, 0, TimeUnit.HOURS.toMicros(1));
    }

    private static long nanos(Instant at) {
        return TimeUnit.SECONDS.toNanos(at.getEpochSecond()) + at.getNano();
    }
}
