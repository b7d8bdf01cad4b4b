package dev.lanes.race;

import dev.lanes.ledger.Fleet;
import dev.lanes.ledger.LaneView;
import dev.lanes.pipeline.Control;
import dev.lanes.pipeline.Course;
import dev.lanes.pipeline.Courses;
import dev.lanes.task.LaneName;
import dev.lanes.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** All lanes at once, on those that run: to be watched. They share the machine, so it says little about each of them. */
final class TogetherRace implements Race {
    private static final Logger LOG = Logger.getLogger(TogetherRace.class);
    private static final int DEFAULT_COUNT = 2000;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);
    private static final Duration TO_CANCEL = Duration.ofSeconds(10);

    private final RaceRequest request;
    private final Timekeeper time;
    private final Fleet fleet;
    private final Course course;
    private final Control control;
    private final Scores scores;
    private Map<Entrant, DeliveryCheck> checks = Map.of();

    TogetherRace(RaceRequest request, Courses courses, Timekeeper time, Fleet fleet, Control control) {
        this.request = request;
        this.time = time;
        this.fleet = fleet;
        this.control = control;
        this.scores = new Scores(request);
        this.course = courses.live();
    }

    @Override
    public void run(Listener listener) {
        for (int round = 1; round <= request.repeat(); round++) {
            listener.step("round " + round + " of " + request.repeat());
            round(listener);
        }
    }

    private void round(Listener listener) {
        Integer given = request.count();
        int room = Memory.tasks(request, Runtime.getRuntime().maxMemory());
        int count = given == null ? Math.min(DEFAULT_COUNT, room) : given;
        checks = new LinkedHashMap<>();
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
        List<Course.Entry> entries = inTurns(tasks, count);
        MachineCpu.Stopwatch others = MachineCpu.start(MachineCpu::ofAllHere);
        Instant start = Instant.now();
        checks.values().forEach(check -> check.begin(start));
        course.publish(entries);
        watch(listener);
        Double coresOfOthers = others.cores();
        checks.forEach((entrant, check) -> scores.of(entrant)
                .add(Round.of(
                        check,
                        Duration.ofMillis(Math.max(1, check.lastMillis() - start.toEpochMilli())),
                        CpuTimes.ofOthers(coresOfOthers),
                        null)));
        cancelWhatIsLeft();
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

    private void watch(Listener listener) {
        Silence silence = time.silence();
        while (left() > 0 && !silence.tooLong(done())) {
            look();
            Map<String, Integer> done = new LinkedHashMap<>();
            checks.forEach((entrant, check) -> done.put(entrant.name(), check.done()));
            listener.done(done);
        }
    }

    private void look() {
        course.await(left(), LOOK_AGAIN).forEach(arrived -> checks.values().forEach(check -> check.take(arrived)));
    }

    private int left() {
        return checks.values().stream().mapToInt(DeliveryCheck::left).sum();
    }

    private int done() {
        return checks.values().stream().mapToInt(DeliveryCheck::done).sum();
    }

    /** They are on lanes that others use, where they would go on long after the race. */
    private void cancelWhatIsLeft() {
        if (left() == 0) {
            return;
        }
        CompletableFuture<?>[] asked = checks.values().stream()
                .flatMap(check -> check.unended().stream())
                .map(control::cancel)
                .toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(asked).get(TO_CANCEL.toSeconds(), TimeUnit.SECONDS);
            long deadline = System.nanoTime() + TO_CANCEL.toNanos();
            while (left() > 0 && System.nanoTime() < deadline) {
                look();
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException away) {
            LOG.warnf("tasks of a race that has ended may still run: %s", away);
        }
    }

    @Override
    public Scores scores() {
        return scores;
    }

    /** Cancels what has not ended; also after an interruption, which is kept. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        cancelWhatIsLeft();
        course.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
