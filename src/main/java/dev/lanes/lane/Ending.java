package dev.lanes.lane;

import dev.lanes.handler.PayloadProblem;
import dev.lanes.handler.PermanentFailure;
import dev.lanes.task.Outcome;
import dev.lanes.task.RawJson;
import dev.lanes.task.Task;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param result what the handler returned, as JSON; null for nothing
 * @param error what went wrong; null when nothing did
 * @param retryable whether another attempt may end better
 */
public record Ending(
        Outcome outcome, @Nullable RawJson result, @Nullable String error, boolean retryable) {
    /** Somebody wanted it no more before it ran. */
    public static final Ending NEVER_RUN = new Ending(Outcome.CANCELLED, null, "cancelled before it ran", false);

    static Ending succeeded(@Nullable RawJson result) {
        return new Ending(Outcome.SUCCEEDED, result, null, false);
    }

    /** What a handler threw, or completed with. */
    static Ending of(Throwable failure) {
        return switch (failure) {
            case PayloadProblem problem -> permanent(problem.field() + ": " + problem.reason());
            case PermanentFailure permanent -> permanent(String.valueOf(message(permanent)));
            case CompletionException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
            default -> failed(failure);
        };
    }

    /** The time limit has passed; {@code how} says what was done about it. */
    static Ending timedOut(Duration limit, String how) {
        return new Ending(Outcome.TIMED_OUT, null, "timed out after " + limit.toMillis() + " ms: " + how, true);
    }

    /** Somebody wanted it no more; {@code how} says what was done about it. */
    static Ending cancelled(String how) {
        return new Ending(Outcome.CANCELLED, null, "cancelled: " + how, false);
    }

    /** A failed attempt that may be followed by another. */
    static Ending failed(Throwable error) {
        return new Ending(Outcome.FAILED, null, cut(words(error)), true);
    }

    /** A failed attempt that no other would mend; the text is cut to its limit. */
    public static Ending permanent(String error) {
        return new Ending(Outcome.FAILED, null, cut(error), false);
    }

    /** An error as a person reads it. */
    public static String words(Throwable error) {
        String message = message(error);
        Class<?> type = error.getClass();
        String name = type.isAnonymousClass() ? type.getName() : type.getSimpleName();
        return message == null ? name : name + ": " + message;
    }

    /** It may be made by code of the handler's, which may fail itself. */
    private static @Nullable String message(Throwable error) {
        try {
            return error.getMessage();
        } catch (Throwable worse) {
            return null;
        }
    }

    private static String cut(String error) {
        return error.substring(0, Math.min(error.length(), Task.MAX_ERROR_CHARS));
    }
}
