package dev.lanes.race.experiment;

import dev.lanes.race.Trial;
import dev.lanes.task.LaneName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Measures the speed-up of a lane: the same tasks of type {@code hash} on it and on {@code sequential}, in turn. */
final class SpeedUpRounds {
    private static final int MOST_CORES = 16;
    private static final int WARM_UPS = 3;
    private static final long WARM_UP_ITERATIONS = 100_000;
    private static final double TASK_MS = 200;

    private final Lab lab;
    private final LaneName lane;
    private final int rounds;
    private final int tasks;
    private final Set<String> places = new HashSet<>();
    private final List<Double> busyOnSequential = new ArrayList<>();
    private final List<Double> busyOnLane = new ArrayList<>();
    private double ownCpuSeconds;

    private SpeedUpRounds(Lab lab, LaneName lane, int rounds) {
        this.rounds = rounds;
        this.lab = lab;
        this.lane = lane;
        this.tasks = Math.max(12, 2 * Math.min(lab.cores(), MOST_CORES));
    }

    /** The finding, whose verdict the caller's predicate gives. */
    static Finding find(Lab lab, LaneName lane, int rounds, Predicate<SpeedUp> predicate) throws Trial.Failed {
        SpeedUpRounds measurement = new SpeedUpRounds(lab, lane, rounds);
        SpeedUp speedUp = measurement.measure();
        return Finding.of(
                predicate.test(speedUp),
                speedUp.line(),
                speedUp.factor(),
                speedUp.figures().list(),
                measurement.tasks + " tasks of type hash, of about " + Math.round(TASK_MS)
                        + " ms each, on sequential and on the lane in turn, " + rounds
                        + " times, from the first start to the last finish; the median of the rounds. Whatever else"
                        + " computes on this machine meanwhile lowers the speed-up.");
    }

    private SpeedUp measure() throws Trial.Failed {
        lab.step("warming up, and finding out how many hashes take " + Math.round(TASK_MS) + " ms here");
        for (int warmUp = 0; warmUp < WARM_UPS; warmUp++) {
            onLane(HashTasks.payload(WARM_UP_ITERATIONS));
        }
        places.clear();
        String payload = HashTasks.payload(lab, TASK_MS);
        List<Double> sequentialMs = new ArrayList<>();
        List<Double> laneMs = new ArrayList<>();
        lab.busySinceLastAsked();
        long start = System.nanoTime();
        for (int round = 1; round <= rounds; round++) {
            lab.step("round " + round + " of " + rounds);
            sequentialMs.add(measured(lab.tasks(LaneName.SEQUENTIAL, "hash", payload, tasks), busyOnSequential));
            laneMs.add(measured(onLane(payload), busyOnLane));
        }
        double other = lab.busySinceLastAsked() * lab.cores() - ownCpuSeconds * 1e9 / (System.nanoTime() - start);
        return new SpeedUp(
                lane.toString(), lab.cores(), Math.max(0, other), places.size(), busy(), sequentialMs, laneMs);
    }

    private SpeedUp.@Nullable Busy busy() {
        return busyOnSequential.size() < rounds || busyOnLane.size() < rounds
                ? null
                : new SpeedUp.Busy(Samples.median(busyOnSequential), Samples.median(busyOnLane));
    }

    private Trial.Result onLane(String payload) throws Trial.Failed {
        Trial.Result result = lab.tasks(lane, "hash", payload, tasks);
        places.addAll(Comparison.places(result));
        return result;
    }

    private double measured(Trial.Result result, List<Double> busy) {
        double ms = HashTasks.wallMs(result);
        Double cores = result.cpuPerWall();
        if (cores != null) {
            ownCpuSeconds += cores * ms / 1000;
            busy.add(cores);
        }
        return ms;
    }
}
