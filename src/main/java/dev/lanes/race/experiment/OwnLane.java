package dev.lanes.race.experiment;

import dev.lanes.pipeline.Course;
import dev.lanes.pipeline.Malformed;
import dev.lanes.pipeline.OutcomeJson;
import dev.lanes.pipeline.OutcomeRecord;
import dev.lanes.task.LaneName;
import dev.lanes.task.Limits;
import dev.lanes.task.RawJson;
import dev.lanes.task.Task;
import dev.lanes.task.TaskId;
import dev.lanes.task.TaskState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A lane in JVMs of its own on topics of its own, where tasks may do harm; the JVMs may run other lanes as well. They
 * end, and the topics go, with it. For one thread.
 */
final class OwnLane implements AutoCloseable {
    /** A task that fails is a fault, and not tried again. */
    private static final Limits ONCE = new Limits(null, 1);

    private static final Duration TO_START = Duration.ofSeconds(60);
    private static final Duration TO_RUN = Duration.ofSeconds(60);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private final LaneName lane;
    private final Course course;
    private final List<OwnJvm> jvms = new ArrayList<>();
    /** The first end of each task. */
    private final Map<TaskId, OutcomeRecord> ends = new HashMap<>();

    OwnLane(LaneName lane, Course course) {
        this.lane = lane;
        this.course = course;
    }

    void add(OwnJvm jvm) {
        jvms.add(jvm);
    }

    /** Waits until every JVM has run a task. */
    void awaitAll() throws IOException {
        Set<Long> seen = new HashSet<>();
        long deadline = System.nanoTime() + TO_START.toNanos();
        while (seen.size() < jvms.size()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("only " + seen.size() + " of " + jvms.size() + " JVMs ran a task within "
                        + TO_START.toSeconds() + " s: their logs say more");
            }
            List<Task> tasks = publish("sleep", "{\"ms\":100}", 2 * jvms.size());
            ends(tasks, TO_START).forEach(end -> seen.add(end.attempt().place().pid()));
        }
    }

    /** Publishes equal tasks to the lane, and answers once Kafka has them. */
    List<Task> publish(String type, String payload, int count) {
        return publish(lane, type, payload, count, ONCE);
    }

    /** A task that is tried so often when it kills its process. */
    Task publishDeadly(String type, String payload, int attempts) {
        return publish(lane, type, payload, 1, new Limits(null, attempts)).getFirst();
    }

    /** Equal tasks for any lane that its JVMs run. */
    private List<Task> publish(LaneName to, String type, String payload, int count, Limits limits) {
        List<Task> tasks = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            Instant now = Instant.now();
            tasks.add(new Task(
                    TaskId.create(now), 1, 1, type, to, null, false, null, limits, now, null, RawJson.of(payload)));
        }
        course.publish(tasks.stream().map(course::entry).toList());
        return tasks;
    }

    /** How these tasks ended; fewer when some did not in time. */
    List<OutcomeRecord> ends(List<Task> tasks, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (known(tasks).count() < tasks.size() && System.nanoTime() < deadline) {
            course.await(tasks.size() - (int) known(tasks).count(), LOOK_AGAIN).forEach(this::take);
        }
        return known(tasks).toList();
    }

    /**
     * How these tasks ended, all of them well.
     *
     * @throws IOException when one has failed, or not ended in time
     */
    List<OutcomeRecord> successes(List<Task> tasks, Duration patience) throws IOException {
        List<OutcomeRecord> ended = ends(tasks, patience);
        if (ended.size() < tasks.size()) {
            throw new IOException(
                    tasks.size() - ended.size() + " tasks did not end within " + patience.toSeconds() + " s");
        }
        for (OutcomeRecord end : ended) {
            if (end.state() != TaskState.SUCCEEDED) {
                throw new IOException("a task of type " + end.type() + " failed: "
                        + end.attempt().error());
            }
        }
        return ended;
    }

    private Stream<OutcomeRecord> known(List<Task> tasks) {
        return tasks.stream().map(Task::id).filter(ends::containsKey).map(ends::get);
    }

    private void take(Course.Arrived arrived) {
        try {
            OutcomeRecord outcome = OutcomeJson.read(arrived.value());
            if (outcome.state().finished()) {
                ends.putIfAbsent(outcome.id(), outcome);
            }
        } catch (Malformed foreign) {
            throw new IllegalStateException("an outcome cannot be read: " + foreign.line(), foreign);
        }
    }

    /**
     * Runs equal tasks on a lane to their ends, with the CPU time of all JVMs.
     *
     * @throws IOException when they have not succeeded within a minute
     */
    Ran run(LaneName on, String type, String payload, int count) throws IOException {
        Optional<Duration> before = cpu();
        List<OutcomeRecord> ended = successes(publish(on, type, payload, count, ONCE), TO_RUN);
        Optional<Duration> after = cpu();
        return Ran.of(
                ended.stream().map(OutcomeRecord::attempt).toList(), after.flatMap(all -> before.map(all::minus)));
    }

    /** Empty where the system does not tell. */
    private Optional<Duration> cpu() {
        List<Duration> known = jvms.stream().flatMap(jvm -> jvm.cpu().stream()).toList();
        return known.size() < jvms.size() ? Optional.empty() : known.stream().reduce(Duration::plus);
    }

    /** When JVMs of the lane died, in order. */
    List<Instant> deaths() {
        return jvms.stream().flatMap(jvm -> jvm.deaths().stream()).sorted().toList();
    }

    @Override
    public void close() {
        jvms.forEach(OwnJvm::stop);
        jvms.forEach(OwnJvm::close);
        course.close();
    }
}
