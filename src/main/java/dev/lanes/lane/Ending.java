package dev.lanes.lane;

import dev.lanes.handler.PayloadProblem;
import dev.lanes.task.Outcome;
import dev.lanes.task.Task;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param result what the handler returned; null for nothing
 * @param error what went wrong; null when nothing did
 */
public record Ending(
        Outcome outcome, @Nullable Object result, @Nullable String error) {
    static Ending succeeded(@Nullable Object result) {
        return new Ending(Outcome.SUCCEEDED, result, null);
    }

    /** What a handler threw, or completed with. */
    static Ending of(Throwable failure) {
        return switch (failure) {
            case PayloadProblem problem -> failed(problem.field() + ": " + problem.reason());
            case CompletionException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
            default -> failed(failure);
        };
    }

    /** The time limit has passed. */
    public static Ending timedOut(Duration limit) {
        return new Ending(Outcome.TIMED_OUT, null, "timed out after " + limit.toMillis() + " ms");
    }

    /** A failed attempt, with the error as a person reads it. */
    public static Ending failed(Throwable error) {
        String message = error.getMessage();
        String name = error.getClass().getSimpleName();
        return failed(message == null ? name : name + ": " + message);
    }

    /** A failed attempt; the text is cut to its limit. */
    public static Ending failed(String error) {
        return new Ending(Outcome.FAILED, null, error.substring(0, Math.min(error.length(), Task.MAX_ERROR_CHARS)));
    }
}
