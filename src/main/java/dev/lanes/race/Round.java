package dev.lanes.race;

import dev.lanes.pipeline.Course;
import dev.lanes.pipeline.Malformed;
import dev.lanes.pipeline.OutcomeJson;
import dev.lanes.pipeline.OutcomeRecord;
import dev.lanes.task.Attempt;
import dev.lanes.task.RawJson;
import dev.lanes.task.Task;
import dev.lanes.task.TaskId;
import dev.lanes.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What one contestant did with one helping of tasks, from the moment before the first was published to the moment at
 * which the last outcome was sent.
 *
 * @param tasksPerSecond {@code count} over that time
 * @param cpu of its JVMs in that time; null where the system does not tell
 * @param waits from submission to start, in microseconds
 * @param runs from start to finish, in microseconds
 * @param duplicates second outcomes of one task
 * @param fault why the delivery check failed; null when every task ended once, and well
 * @param inProgressMean tasks in progress on average, {@code inProgressMax} at most
 */
record Round(
        double tasksPerSecond,
        Duration wall,
        @Nullable Duration cpu,
        Histogram waits,
        Histogram runs,
        int duplicates,
        @Nullable String fault,
        double inProgressMean,
        int inProgressMax,
        Set<String> results) {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    /** Runs that many tasks. */
    static Round run(Contestant contestant, RaceRequest request, int count, Duration patience) {
        return measure(contestant, request, count, patience, true);
    }

    /** The same for the bare client, whose results are no outcomes: they are counted only. */
    static Round runBare(Contestant contestant, RaceRequest request, int count, Duration patience) {
        return measure(contestant, request, count, patience, false);
    }

    private static Round measure(
            Contestant contestant, RaceRequest request, int count, Duration patience, boolean outcomes) {
        Duration cpuBefore = contestant.cpu();
        Instant start = Instant.now();
        List<Task> tasks = tasks(contestant, request, count, start);
        long startMillis = System.currentTimeMillis();
        contestant.course().publish(tasks);
        Set<TaskId> missing = new HashSet<>();
        tasks.forEach(task -> missing.add(task.id()));
        Tally tally = new Tally(missing, outcomes);
        long deadline = System.nanoTime() + patience.toNanos();
        while (tally.left() > 0 && System.nanoTime() < deadline && contestant.alive()) {
            contestant.course().await(tally.left(), LOOK_AGAIN).forEach(tally::take);
        }
        Duration cpuAfter = contestant.cpu();
        Duration wall = Duration.ofMillis(Math.max(1, tally.lastAt - startMillis));
        return tally.round(
                count,
                wall,
                cpuBefore == null || cpuAfter == null ? null : cpuAfter.minus(cpuBefore),
                contestant.alive());
    }

    private static List<Task> tasks(Contestant contestant, RaceRequest request, int count, Instant now) {
        List<Task> tasks = new ArrayList<>(count);
        for (int number = 0; number < count; number++) {
            tasks.add(new Task(
                    TaskId.create(now),
                    1,
                    1,
                    request.type(),
                    contestant.lane(),
                    null,
                    null,
                    null,
                    now,
                    request.payload()));
        }
        return tasks;
    }

    /** Takes in outcomes, and finds what is wrong with them. */
    private static final class Tally {
        private final Set<TaskId> missing;
        private final boolean outcomes;
        private final Histogram waits = Percentiles.histogram();
        private final Histogram runs = Percentiles.histogram();
        private final Set<String> results = new HashSet<>();
        private final List<Attempt> attempts = new ArrayList<>();
        private int counted;
        private int duplicates;
        private @Nullable String failure;
        private long lastAt;

        Tally(Set<TaskId> missing, boolean outcomes) {
            this.missing = missing;
            this.outcomes = outcomes;
        }

        int left() {
            return outcomes ? missing.size() : missing.size() - counted;
        }

        void take(Course.Arrived arrived) {
            if (!outcomes) {
                counted++;
                lastAt = Math.max(lastAt, arrived.at());
                return;
            }
            try {
                OutcomeRecord outcome = OutcomeJson.read(arrived.value());
                if (outcome.state().finished()) {
                    lastAt = Math.max(lastAt, arrived.at());
                    end(outcome);
                }
            } catch (Malformed broken) {
                failure = "an outcome cannot be read: " + broken.line();
            }
        }

        private void end(OutcomeRecord outcome) {
            if (!missing.remove(outcome.id())) {
                duplicates++;
                return;
            }
            Attempt attempt = outcome.attempt();
            if (outcome.state() != TaskState.SUCCEEDED) {
                failure = "a task ended as " + outcome.state() + ": " + attempt.error();
                return;
            }
            RawJson result = outcome.result();
            if (result != null && results.size() < 2) {
                results.add(result.toString());
            }
            Instant finished = attempt.finishedAt();
            if (finished != null) {
                attempts.add(attempt);
                waits.recordValue(micros(outcome.submittedAt(), attempt.startedAt()));
                runs.recordValue(micros(attempt.startedAt(), finished));
            }
        }

        private static long micros(Instant from, Instant to) {
            return Math.clamp(Duration.between(from, to).toNanos() / 1000, 0, TimeUnit.HOURS.toMicros(1));
        }

        Round round(int count, Duration wall, @Nullable Duration cpu, boolean alive) {
            String fault = failure;
            if (fault == null && left() > 0) {
                fault = left() + " of " + count + " tasks did not end" + (alive ? " in time" : ", as its process died");
            }
            return new Round(
                    count * 1e9 / wall.toNanos(),
                    wall,
                    cpu,
                    waits,
                    runs,
                    duplicates,
                    fault,
                    inProgressMean(wall),
                    inProgressMax(),
                    results);
        }

        private double inProgressMean(Duration wall) {
            return runs.getTotalCount() * runs.getMean() * 1000 / wall.toNanos();
        }

        private int inProgressMax() {
            long[] starts = attempts.stream()
                    .mapToLong(attempt -> nanos(attempt.startedAt()))
                    .sorted()
                    .toArray();
            long[] ends = attempts.stream()
                    .mapToLong(attempt -> nanos(finish(attempt)))
                    .sorted()
                    .toArray();
            int most = 0;
            for (int begun = 0, done = 0; begun < starts.length; begun++) {
                while (ends[done] <= starts[begun] && done < begun) {
                    done++;
                }
                most = Math.max(most, begun + 1 - done);
            }
            return most;
        }

        private static Instant finish(Attempt attempt) {
            Instant at = attempt.finishedAt();
            return at == null ? attempt.startedAt() : at;
        }

        private static long nanos(Instant at) {
            return TimeUnit.SECONDS.toNanos(at.getEpochSecond()) + at.getNano();
        }
    }
}
