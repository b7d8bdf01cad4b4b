package dev.lanes.race.experiment;

import dev.lanes.race.Trial;
import dev.lanes.task.LaneName;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The same tasks on all lanes that run, one lane after the other, several rounds of it. */
final class Comparison {
    private static final int ROUNDS = 3;

    private final Lab lab;

    Comparison(Lab lab) {
        this.lab = lab;
    }

    /** Tasks a second of each lane: the median of the rounds, from the first start to the last finish. */
    Map<LaneName, Double> tasksPerSecond(String type, String payload, int count) throws Trial.Failed {
        Map<LaneName, List<Double>> rates = new EnumMap<>(LaneName.class);
        for (int round = 0; round < ROUNDS; round++) {
            for (LaneName lane : LaneName.values()) {
                Trial.Result result = lab.tasks(lane, type, payload, count);
                rates.computeIfAbsent(lane, first -> new ArrayList<>()).add(1000 * count / HashTasks.wallMs(result));
            }
        }
        Map<LaneName, Double> medians = new EnumMap<>(LaneName.class);
        rates.forEach((lane, ofLane) -> medians.put(lane, Samples.median(ofLane)));
        return medians;
    }

    /** Adds each lane's tasks a second under that heading. */
    static void add(Finding.Figures figures, String heading, Map<LaneName, Double> rates) {
        rates.forEach((lane, rate) -> figures.add(heading + ", " + lane, rate, "tasks/s"));
    }

    /** The slowest of some lanes. */
    static double slowest(Map<LaneName, Double> rates, LaneName... lanes) {
        double slowest = Double.MAX_VALUE;
        for (LaneName lane : lanes) {
            slowest = Math.min(slowest, rates.getOrDefault(lane, 0.0));
        }
        return slowest;
    }
}
