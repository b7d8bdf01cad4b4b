package dev.lanes.race.experiment;

import dev.lanes.pipeline.OutcomeRecord;
import dev.lanes.race.Trial;
import dev.lanes.task.Task;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Short tasks in a lane, and how long they run alone and beside greedy ones, in rounds that may take turns with those of
 * another lane.
 */
final class Neighbourhood {
    static final int GREEDY = 2;
    static final int NEIGHBOURS = 2;
    /** With fewer the slowest hundredth is the slowest one. */
    static final int FEWEST = 100;

    private static final String SHORT = "{\"waitMs\":5,\"cpuMicros\":200}";
    private static final int COUNT = 150;
    private static final Duration UNTIL_GREEDY = Duration.ofMillis(300);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final OwnLane lane;
    private final Runs alone = new Runs();
    private final Runs besideComputing = new Runs();
    private final Runs besideAllocating = new Runs();

    Neighbourhood(OwnLane lane) {
        this.lane = lane;
    }

    /** Run times of short tasks, in milliseconds, of all rounds. */
    static final class Runs {
        private final List<Double> ms = new ArrayList<>();

        private void add(List<OutcomeRecord> ends, Instant from, Instant to) {
            ends.stream()
                    .map(OutcomeRecord::attempt)
                    .filter(attempt -> attempt.startedAt().isAfter(from)
                            && attempt.startedAt().isBefore(to))
                    .map(attempt -> Duration.between(attempt.startedAt(), Trial.finishedAt(attempt))
                                    .toNanos()
                            / 1e6)
                    .forEach(ms::add);
        }

        int count() {
            return ms.size();
        }

        double p99() {
            return Samples.percentile(ms, 99);
        }

        double longest() {
            return Samples.percentile(ms, 100);
        }
    }

    /** Compiles the code of both kinds of tasks in every process. */
    void warmUp() throws IOException {
        ended(lane.publish("work", "{\"waitMs\":5,\"cpuMicros\":5000}", 100));
        ended(lane.publish("allocate", "{\"ms\":50,\"liveMegabytes\":4}", 2 * (GREEDY + NEIGHBOURS)));
    }

    /** Short tasks alone, beside greedy ones that compute, and beside greedy ones that allocate. */
    void round() throws IOException, InterruptedException {
        alone.add(ended(lane.publish("work", SHORT, COUNT)), Instant.MIN, Instant.MAX);
        beside("work", "{\"waitMs\":0,\"cpuMicros\":1500000}", besideComputing);
        beside("allocate", "{\"ms\":2500,\"liveMegabytes\":24}", besideAllocating);
    }

    /** Adds those that ran while all the greedy ones did. */
    private void beside(String type, String payload, Runs runs) throws IOException, InterruptedException {
        List<Task> greedy = lane.publish(type, payload, GREEDY);
        Thread.sleep(UNTIL_GREEDY);
        List<Task> neighbours = lane.publish("work", SHORT, COUNT);
        List<OutcomeRecord> greedyEnds = ended(greedy);
        runs.add(
                ended(neighbours),
                greedyEnds.stream()
                        .map(end -> end.attempt().startedAt())
                        .max(Comparator.naturalOrder())
                        .orElseThrow(),
                greedyEnds.stream()
                        .map(end -> Trial.finishedAt(end.attempt()))
                        .min(Comparator.naturalOrder())
                        .orElseThrow());
    }

    Runs alone() {
        return alone;
    }

    Runs besideComputing() {
        return besideComputing;
    }

    Runs besideAllocating() {
        return besideAllocating;
    }

    /** How many short tasks ran beside greedy ones, of the kind beside which fewer did. */
    int fewest() {
        return Math.min(besideComputing.count(), besideAllocating.count());
    }

    private List<OutcomeRecord> ended(List<Task> tasks) throws IOException {
        return lane.successes(tasks, PATIENCE);
    }
}
