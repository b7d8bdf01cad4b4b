package dev.lanes.race.experiment;

import dev.lanes.race.Trial;
import dev.lanes.task.LaneName;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The same tasks on all lanes that run, one lane after the other, several rounds of it: tasks a second are the median of
 * the rounds, from the first start to the last finish.
 */
final class Comparison {
    private final Lab lab;
    private final int rounds;

    Comparison(Lab lab, int rounds) {
        this.lab = lab;
        this.rounds = rounds;
    }

    /** All tasks at once, so that each lane has as many in flight as it can. */
    Rates atOnce(String type, String payload, int count) throws Trial.Failed {
        return measure(lane -> lab.tasks(lane, type, payload, count));
    }

    /** So many in flight on every lane, {@code each} one after another at each of the places. */
    Rates inFlight(String type, String payload, int places, int each) throws Trial.Failed {
        return measure(lane -> lab.tasksInFlight(lane, type, payload, places, each));
    }

    private interface Round {
        Trial.Result on(LaneName lane) throws Trial.Failed;
    }

    private Rates measure(Round tasks) throws Trial.Failed {
        Map<LaneName, List<Double>> rates = new EnumMap<>(LaneName.class);
        Map<LaneName, Integer> places = new EnumMap<>(LaneName.class);
        for (int round = 0; round < rounds; round++) {
            for (LaneName lane : LaneName.values()) {
                Trial.Result result = tasks.on(lane);
                rates.computeIfAbsent(lane, first -> new ArrayList<>())
                        .add(1000 * result.tasks().size() / HashTasks.wallMs(result));
                places.merge(lane, places(result).size(), Math::max);
            }
        }
        Map<LaneName, Double> medians = new EnumMap<>(LaneName.class);
        rates.forEach((lane, ofLane) -> medians.put(lane, Samples.median(ofLane)));
        return new Rates(medians, places);
    }

    /** The threads on which tasks ran, each with its process. */
    static Set<String> places(Trial.Result result) {
        return result.attempts().stream()
                .map(attempt ->
                        attempt.place().process() + "/" + attempt.place().thread())
                .collect(Collectors.toSet());
    }
}
