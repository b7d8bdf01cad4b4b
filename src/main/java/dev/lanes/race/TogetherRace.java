package dev.lanes.race;

import dev.lanes.ledger.Fleet;
import dev.lanes.ledger.LaneView;
import dev.lanes.pipeline.Course;
import dev.lanes.pipeline.Courses;
import dev.lanes.task.LaneName;
import dev.lanes.task.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All lanes at once, on those that run: to be watched. They share the machine, so it says little about each of them. */
final class TogetherRace implements Race {
    private static final int DEFAULT_COUNT = 2000;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private final RaceRequest request;
    private final Timekeeper time;
    private final Fleet fleet;
    private final Listener listener;
    private final Course course;
    private final Scores scores = new Scores();

    TogetherRace(RaceRequest request, Courses courses, Timekeeper time, Fleet fleet, Listener listener) {
        this.request = request;
        this.time = time;
        this.fleet = fleet;
        this.listener = listener;
        this.course = courses.live();
    }

    @Override
    public void run() {
        for (int round = 1; round <= request.repeat(); round++) {
            listener.step("round " + round + " of " + request.repeat());
            round();
        }
    }

    private void round() {
        Integer given = request.count();
        int count = given == null ? DEFAULT_COUNT : given;
        Map<Entrant, DeliveryCheck> checks = new LinkedHashMap<>();
        List<List<Task>> tasks = new ArrayList<>();
        for (LaneView lane : fleet.lanes()) {
            LaneName name = LaneName.parse(lane.lane()).orElseThrow();
            if (request.lanes().contains(name)) {
                Entrant entrant = new Entrant(lane.lane(), Entrant.Kind.LANE, name, lane.concurrency());
                DeliveryCheck check = time.check(entrant);
                List<Task> ofLane = time.tasks(entrant, count);
                ofLane.forEach(check::published);
                tasks.add(ofLane);
                checks.put(entrant, check);
            }
        }
        MachineCpu.Stopwatch others = MachineCpu.start();
        long startMillis = System.currentTimeMillis();
        course.publish(inTurns(tasks, count));
        watch(checks);
        Double coresOfOthers = others.cores();
        checks.forEach((entrant, check) -> scores.of(entrant)
                .add(Round.of(
                        check,
                        Duration.ofMillis(Math.max(1, check.lastMillis() - startMillis)),
                        null,
                        coresOfOthers,
                        true)));
    }

    /** One task for each lane, then the next for each, so that none has a start. */
    private List<Course.Entry> inTurns(List<List<Task>> tasks, int count) {
        List<Course.Entry> entries = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            for (List<Task> ofLane : tasks) {
                entries.add(course.entry(ofLane.get(number)));
            }
        }
        return entries;
    }

    private void watch(Map<Entrant, DeliveryCheck> checks) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int left = left(checks);
        while (left > 0 && System.nanoTime() < deadline) {
            course.await(left, LOOK_AGAIN).forEach(arrived -> checks.values().forEach(check -> check.take(arrived)));
            Map<String, Integer> done = new LinkedHashMap<>();
            checks.forEach((entrant, check) -> done.put(entrant.name(), check.done()));
            listener.done(done);
            left = left(checks);
        }
    }

    private static int left(Map<Entrant, DeliveryCheck> checks) {
        return checks.values().stream().mapToInt(DeliveryCheck::left).sum();
    }

    @Override
    public Scores scores() {
        return scores;
    }

    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        course.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
