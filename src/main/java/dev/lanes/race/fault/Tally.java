package dev.lanes.race.fault;

import dev.lanes.task.TaskState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of tasks that were published: whether each of them ended, once, and as it had to, and whether the totals
 * say the same.
 *
 * @param lost the ids of those that are unknown, or have not ended though no lane has a record left to do
 * @param problems everything else that is wrong, with the ids
 */
record Tally(int tasks, int hurt, long duplicates, List<String> lost, List<String> problems) {
    private static final int NAMED = 10;

    /**
     * Compares.
     *
     * @param totals how much they have grown since before the tasks were published
     * @param recordsLeft whether a lane still has records to do, so that what has not ended may yet
     */
    static Tally of(Map<String, Expected> expected, List<SeenTask> seen, Totals totals, boolean recordsLeft) {
        List<String> problems = new ArrayList<>();
        Map<String, SeenTask> byId = byId(seen, problems);
        List<String> lost = expected.keySet().stream()
                .filter(id -> !byId.containsKey(id) || !recordsLeft && !hasEnded(byId.get(id)))
                .sorted()
                .toList();
        List<String> undone = byId.keySet().stream()
                .filter(id -> recordsLeft && !hasEnded(byId.get(id)))
                .sorted()
                .toList();
        if (!undone.isEmpty()) {
            problems.add(undone.size() + " tasks still wait for a lane that has stopped working: " + named(undone));
        }
        List<String> strangers =
                byId.keySet().stream().filter(id -> !expected.containsKey(id)).toList();
        if (!strangers.isEmpty()) {
            problems.add(strangers.size() + " tasks that nobody published: " + named(strangers));
        }
        List<String> otherwise = byId.values().stream()
                .filter(task -> task.state().finished() && endsOtherwise(task, expected.get(task.id())))
                .map(task -> task.id() + " " + task.state() + " " + task.outcomes())
                .toList();
        if (!otherwise.isEmpty()) {
            problems.add(otherwise.size() + " tasks did not end as they had to: " + named(otherwise));
        }
        compare(totals, expected.size(), byId, problems);
        int hurt = (int) byId.values().stream()
                .filter(task -> isHurt(task, expected.get(task.id())))
                .count();
        return new Tally(expected.size(), hurt, totals.duplicates(), lost, problems);
    }

    private static boolean hasEnded(@Nullable SeenTask task) {
        return task != null && task.state().finished();
    }

    private static boolean endsOtherwise(SeenTask task, @Nullable Expected expected) {
        return expected != null && task.state() != expected.end();
    }

    private static boolean isHurt(SeenTask task, @Nullable Expected expected) {
        return expected != null && task.hurt(expected);
    }

    private static Map<String, SeenTask> byId(List<SeenTask> seen, List<String> problems) {
        Map<String, SeenTask> byId = new HashMap<>();
        List<String> twice = new ArrayList<>();
        for (SeenTask task : seen) {
            if (byId.put(task.id(), task) != null) {
                twice.add(task.id());
            }
        }
        if (!twice.isEmpty()) {
            problems.add(twice.size() + " tasks are there twice: " + named(twice));
        }
        return byId;
    }

    private static void compare(Totals totals, int published, Map<String, SeenTask> seen, List<String> problems) {
        if (!totals.addUp()) {
            problems.add("the totals do not add up: " + totals);
        }
        compare("published", totals.published(), published, problems);
        compare("succeeded", totals.succeeded(), count(seen, TaskState.SUCCEEDED), problems);
        compare("dead", totals.dead(), count(seen, TaskState.DEAD), problems);
        compare("cancelled", totals.cancelled(), count(seen, TaskState.CANCELLED), problems);
        compare("pending", totals.pending(), published - ended(seen), problems);
    }

    private static long ended(Map<String, SeenTask> seen) {
        return seen.values().stream().filter(Tally::hasEnded).count();
    }

    private static long count(Map<String, SeenTask> seen, TaskState state) {
        return seen.values().stream().filter(task -> task.state() == state).count();
    }

    private static void compare(String what, long counted, long known, List<String> problems) {
        if (counted != known) {
            problems.add(what + " is " + counted + " by the totals, and " + known + " by the tasks");
        }
    }

    /** The first of them. */
    static String named(List<String> ids) {
        List<String> first = ids.subList(0, Math.min(NAMED, ids.size()));
        return String.join(", ", first) + (ids.size() > NAMED ? ", ..." : "");
    }
}
