package dev.lanes.race.experiment;

import dev.lanes.pipeline.OutcomeRecord;
import dev.lanes.race.Trial;
import dev.lanes.task.Task;
import dev.lanes.task.TaskState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Short tasks in a lane, and how long they run beside greedy ones. */
final class Neighbourhood {
    static final int GREEDY = 2;
    static final int NEIGHBOURS = 2;

    private static final String SHORT = "{\"waitMs\":5,\"cpuMicros\":200}";
    private static final int COUNT = 400;
    private static final int FEWEST = 20;
    private static final Duration UNTIL_GREEDY = Duration.ofMillis(300);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final OwnLane lane;

    Neighbourhood(OwnLane lane) {
        this.lane = lane;
    }

    /** Run times of short tasks, in milliseconds. */
    record Runs(List<Double> ms) {
        double p99() {
            return Samples.percentile(ms, 99);
        }

        double longest() {
            return Samples.percentile(ms, 100);
        }
    }

    /** Compiles the code of both kinds of tasks in every process. */
    void warmUp() throws IOException {
        ended(lane.publish("work", "{\"waitMs\":5,\"cpuMicros\":5000}", COUNT / 4));
        ended(lane.publish("allocate", "{\"ms\":50,\"liveMegabytes\":4}", 2 * (GREEDY + NEIGHBOURS)));
    }

    Runs alone() throws IOException {
        return runs(ended(lane.publish("work", SHORT, COUNT)), Instant.MIN, Instant.MAX);
    }

    /** Those that ran while all the greedy ones did. */
    Runs beside(String type, String payload) throws IOException, InterruptedException {
        List<Task> greedy = lane.publish(type, payload, GREEDY);
        Thread.sleep(UNTIL_GREEDY);
        List<Task> neighbours = lane.publish("work", SHORT, COUNT);
        List<OutcomeRecord> greedyEnds = ended(greedy);
        Runs runs = runs(
                ended(neighbours),
                greedyEnds.stream()
                        .map(end -> end.attempt().startedAt())
                        .max(Comparator.naturalOrder())
                        .orElseThrow(),
                greedyEnds.stream()
                        .map(end -> Trial.finishedAt(end.attempt()))
                        .min(Comparator.naturalOrder())
                        .orElseThrow());
        if (runs.ms().size() < FEWEST) {
            throw new IOException("only " + runs.ms().size() + " short tasks ran beside the greedy ones, of " + FEWEST
                    + " needed: this machine is too busy");
        }
        return runs;
    }

    private List<OutcomeRecord> ended(List<Task> tasks) throws IOException {
        List<OutcomeRecord> ends = lane.ends(tasks, PATIENCE);
        if (ends.size() < tasks.size()) {
            throw new IOException(
                    tasks.size() - ends.size() + " tasks did not end within " + PATIENCE.toSeconds() + " s");
        }
        for (OutcomeRecord end : ends) {
            if (end.state() != TaskState.SUCCEEDED) {
                throw new IOException("a task of type " + end.type() + " failed: "
                        + end.attempt().error());
            }
        }
        return ends;
    }

    private static Runs runs(List<OutcomeRecord> ends, Instant from, Instant to) {
        return new Runs(ends.stream()
                .map(OutcomeRecord::attempt)
                .filter(attempt ->
                        attempt.startedAt().isAfter(from) && attempt.startedAt().isBefore(to))
                .map(attempt -> Duration.between(attempt.startedAt(), Trial.finishedAt(attempt))
                                .toNanos()
                        / 1e6)
                .toList());
    }
}
