package dev.lanes.lane;

import dev.lanes.handler.PayloadProblem;
import dev.lanes.handler.PermanentFailure;
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
 * @param retryable whether another attempt may end better
 */
public record Ending(
        Outcome outcome, @Nullable Object result, @Nullable String error, boolean retryable) {
    static Ending succeeded(@Nullable Object result) {
        return new Ending(Outcome.SUCCEEDED, result, null, false);
    }

    /** What a handler threw, or completed with. */
    static Ending of(Throwable failure) {
        return switch (failure) {
            case PayloadProblem problem -> permanent(problem.field() + ": " + problem.reason());
            case PermanentFailure permanent -> permanent(String.valueOf(permanent.getMessage()));
            case CompletionException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
            default -> failed(failure);
        };
    }

    /** The time limit has passed. */
    public static Ending timedOut(Duration limit) {
        return new Ending(Outcome.TIMED_OUT, null, "timed out after " + limit.toMillis() + " ms", true);
    }

    /** Somebody wanted it no more; {@code how} says what was done about it. */
    public static Ending cancelled(String how) {
        return new Ending(Outcome.CANCELLED, null, "cancelled: " + how, false);
    }

    /** A failed attempt, with the error as a person reads it. */
    public static Ending failed(Throwable error) {
        String message = error.getMessage();
        String name = error.getClass().getSimpleName();
        return failed(message == null ? name : name + ": " + message);
    }

    /** A failed attempt that may be followed by another; the text is cut to its limit. */
    static Ending failed(String error) {
        return new Ending(Outcome.FAILED, null, cut(error), true);
    }

    /** A failed attempt that no other would mend; the text is cut to its limit. */
    public static Ending permanent(String error) {
        return new Ending(Outcome.FAILED, null, cut(error), false);
    }

    private static String cut(String error) {
        return error.substring(0, Math.min(error.length(), Task.MAX_ERROR_CHARS));
    }
}
