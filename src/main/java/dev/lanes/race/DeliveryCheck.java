package dev.lanes.race;

import dev.lanes.pipeline.Course;
import dev.lanes.pipeline.Malformed;
import dev.lanes.pipeline.OutcomeJson;
import dev.lanes.pipeline.OutcomeRecord;
import dev.lanes.task.Attempt;
import dev.lanes.task.Task;
import dev.lanes.task.TaskId;
import dev.lanes.task.TaskState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether every task that was published ended once, well, and with the right result. Figures of somebody who loses
 * tasks, or runs them twice, say nothing.
 */
final class DeliveryCheck {
    private final Map<TaskId, Instant> submitted = new HashMap<>();
    private final Set<TaskId> ended = new HashSet<>();
    private final Figures figures = new Figures();
    private final boolean outcomes;
    private final boolean alone;
    private final @Nullable String expected;
    private int duplicates;
    private int wrong;
    private @Nullable String failure;
    private Instant begin = Instant.MIN;
    private long lastMillis;

    /**
     * @param outcomes whether results are outcomes; those of the bare clients are not
     * @param alone whether nobody else uses the course: then what belongs to none of these tasks belongs to one of an
     *     earlier round, which has ended twice
     * @param expected the result that each task must have, as JSON; null when any will do
     */
    DeliveryCheck(boolean outcomes, boolean alone, @Nullable String expected) {
        this.outcomes = outcomes;
        this.alone = alone;
        this.expected = expected;
    }

    /** Notes a task that is about to be published. */
    void published(Task task) {
        submitted.put(task.id(), task.submittedAt());
    }

    /** All are published at once, from now on: times do not count from before. */
    void begin(Instant now) {
        begin = now;
    }

    /** Those that have not ended. */
    List<TaskId> unended() {
        return submitted.keySet().stream().filter(id -> !ended.contains(id)).toList();
    }

    /** How many have not ended yet. */
    int left() {
        return submitted.size() - ended.size();
    }

    int done() {
        return ended.size();
    }

    int duplicates() {
        return duplicates;
    }

    /** When the last of them ended, in milliseconds since 1970. */
    long lastMillis() {
        return lastMillis;
    }

    Figures figures() {
        return figures;
    }

    /** Takes in what somebody sent. */
    void take(Course.Arrived arrived) {
        TaskId id = id(arrived);
        Instant submittedAt = id == null ? null : submitted.get(id);
        if (id == null || submittedAt == null) {
            duplicates += alone ? 1 : 0;
        } else if (outcomes) {
            takeOutcome(id, due(submittedAt), arrived);
        } else if (end(id, arrived)) {
            figures.latency(due(submittedAt), arrived.atMillis());
        }
    }

    private Instant due(Instant submittedAt) {
        return submittedAt.isBefore(begin) ? begin : submittedAt;
    }

    private static @Nullable TaskId id(Course.Arrived arrived) {
        return arrived.key() == null
                ? null
                : TaskId.parse(new String(arrived.key(), StandardCharsets.UTF_8))
                        .orElse(null);
    }

    private void takeOutcome(TaskId id, Instant submittedAt, Course.Arrived arrived) {
        try {
            OutcomeRecord outcome = OutcomeJson.read(arrived.value());
            // One that is to be tried again has failed here: its other attempts are not waited for.
            boolean judged = outcome.state().finished() || outcome.state() == TaskState.RETRYING;
            if (judged && end(id, arrived)) {
                judge(outcome);
                figures.latency(submittedAt, arrived.atMillis());
                figures.attempt(submittedAt, outcome.attempt());
            }
        } catch (Malformed broken) {
            failure = "an outcome cannot be read: " + broken.line();
        }
    }

    private boolean end(TaskId id, Course.Arrived arrived) {
        if (!ended.add(id)) {
            duplicates++;
            return false;
        }
        lastMillis = Math.max(lastMillis, arrived.atMillis());
        return true;
    }

    private void judge(OutcomeRecord outcome) {
        Attempt attempt = outcome.attempt();
        if (outcome.state() != TaskState.SUCCEEDED) {
            failure = "a task ended as " + attempt.outcome() + ": " + attempt.error();
        } else if (expected != null && !expected.equals(String.valueOf(outcome.result()))) {
            wrong++;
        }
    }

    static String unended(int left, int all, @Nullable String death) {
        return left + " of " + all + " tasks did not end"
                + (death == null ? " in time" : ", as a process died: " + death);
    }

    /**
     * What is wrong; null when nothing is.
     *
     * @param death how one of those ended who should run them; null while all live
     */
    @Nullable
    String fault(@Nullable String death) {
        if (failure != null) {
            return failure;
        }
        if (left() > 0) {
            return unended(left(), submitted.size(), death);
        }
        if (duplicates > 0) {
            return duplicates + " of " + submitted.size() + " tasks ended twice";
        }
        return wrong == 0 ? null : wrong + " of " + submitted.size() + " results are not what the task gives";
    }
}
