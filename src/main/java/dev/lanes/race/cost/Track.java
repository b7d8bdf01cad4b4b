package dev.lanes.race.cost;

import dev.lanes.pipeline.Course;
import dev.lanes.pipeline.Heartbeat;
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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Topics of their own, with which JVMs are measured that nobody else uses. They go with it. For one thread. */
final class Track implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final String prefix;
    private final Course course;

    Track(String prefix, Course course) {
        this.prefix = prefix;
        this.course = course;
    }

    /** What a JVM has to be told so as to use them, and more. */
    Map<String, String> settings(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(more);
        all.put("lanes.topics.prefix", prefix);
        all.put("lanes.instance", prefix);
        return all;
    }

    Course course() {
        return course;
    }

    /** Equal tasks, as they are when somebody publishes them. */
    static Stream<Task> tasks(LaneName lane, String type, String payload, int count) {
        return Stream.generate(() -> {
                    Instant now = Instant.now();
                    return new Task(
                            TaskId.create(now),
                            1,
                            1,
                            type,
                            lane,
                            null,
                            false,
                            null,
                            Limits.DEFAULT,
                            now,
                            null,
                            RawJson.of(payload));
                })
                .limit(count);
    }

    /** Publishes equal tasks, and answers once Kafka has them. */
    void publish(LaneName lane, String type, String payload, int count) {
        course.publish(tasks(lane, type, payload, count).map(course::entry).toList());
    }

    /**
     * Waits for the ends of so many tasks, of those that have been published and not been waited for.
     *
     * @return the last one
     * @throws IOException when one does not succeed, when they take more than a minute, or their JVM dies
     */
    OutcomeRecord awaitSuccesses(int count, Child jvm) throws IOException {
        LinkedHashMap<TaskId, OutcomeRecord> ends = new LinkedHashMap<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (ends.size() < count) {
            jvm.check();
            if (System.nanoTime() > deadline) {
                throw new IOException(count - ends.size() + " of " + count + " tasks did not end within "
                        + PATIENCE.toSeconds() + " s");
            }
            for (Course.Arrived arrived : course.await(count - ends.size(), LOOK_AGAIN)) {
                OutcomeRecord outcome = read(arrived);
                if (outcome.state().finished()) {
                    ends.putIfAbsent(outcome.id(), outcome);
                }
            }
        }
        return ends.lastEntry().getValue();
    }

    private static OutcomeRecord read(Course.Arrived arrived) throws IOException {
        try {
            OutcomeRecord outcome = OutcomeJson.read(arrived.value());
            if (outcome.state().finished() && outcome.state() != TaskState.SUCCEEDED) {
                throw new IOException("a task ended as " + outcome.state() + ": "
                        + outcome.attempt().error());
            }
            return outcome;
        } catch (Malformed foreign) {
            throw new IOException("an outcome cannot be read: " + foreign.line(), foreign);
        }
    }

    /**
     * Waits until a JVM has told that so many tasks run in it at once.
     *
     * @throws IOException when it does not within a minute, or dies
     */
    void awaitRunning(int count, Child jvm) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (running(jvm) != count) {
            jvm.check();
            if (System.nanoTime() > deadline) {
                throw new IOException(running(jvm) + " of " + count + " tasks run at once");
            }
            Thread.sleep(LOOK_AGAIN);
        }
    }

    private int running(Child jvm) {
        return course.heartbeats().stream()
                .filter(beat -> beat.pid() == jvm.pid())
                .reduce((earlier, later) -> later)
                .map(Track::running)
                .orElse(0);
    }

    private static int running(Heartbeat beat) {
        return beat.lanes().stream().mapToInt(Heartbeat.LaneBeat::running).sum();
    }

    /** Deletes the topics; also after an interruption, which is kept. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            course.close();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
