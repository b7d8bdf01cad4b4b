package dev.lanes.pipeline;

import dev.lanes.task.Task;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Decides whether a task whose attempt has failed is tried again, and when. */
final class Retries {
    private final int maxAttempts;
    private final Backoff backoff;

    /**
     * @param maxAttempts of a task that does not say
     */
    Retries(int maxAttempts, Backoff backoff) {
        this.maxAttempts = maxAttempts;
        this.backoff = backoff;
    }

    /** The next attempt; empty when there is none. */
    Optional<Task> next(Task task, Instant now) {
        return task.attempt() >= maxAttempts(task)
                ? Optional.empty()
                : Optional.of(task.withAttempt(
                        task.attempt() + 1, now.plus(backoff.after(task.attempt(), ThreadLocalRandom.current()))));
    }

    /** How often a task may be tried. */
    int maxAttempts(Task task) {
        Integer own = task.limits().maxAttempts();
        return own == null ? maxAttempts : own;
    }
}
