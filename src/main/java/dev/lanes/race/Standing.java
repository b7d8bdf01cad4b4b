package dev.lanes.race;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Who is faster than whom. Lanes whose spreads overlap are tied, and so are those whose medians are within 5 % of each
 * other: a machine that is not ours alone moves by as much between two runs.
 */
final class Standing {
    private static final double NOTHING_BETWEEN = 0.05;

    private Standing() {}

    /** The fastest first; those who tie with the first of a group are in that group. */
    static List<List<String>> of(Map<String, RaceReport.Spread> tasksPerSecond) {
        List<String> byMedian = tasksPerSecond.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(
                        Comparator.comparingDouble(RaceReport.Spread::median).reversed()))
                .map(Map.Entry::getKey)
                .toList();
        List<List<String>> groups = new ArrayList<>();
        RaceReport.Spread first = null;
        for (String name : byMedian) {
            RaceReport.Spread spread = tasksPerSecond.get(name);
            if (spread == null) {
                continue;
            }
            if (first == null || !tied(first, spread)) {
                groups.add(new ArrayList<>());
                first = spread;
            }
            groups.getLast().add(name);
        }
        return groups.stream().map(List::copyOf).toList();
    }

    private static boolean tied(RaceReport.Spread faster, RaceReport.Spread slower) {
        return faster.overlaps(slower) || slower.median() >= faster.median() * (1 - NOTHING_BETWEEN);
    }
}
