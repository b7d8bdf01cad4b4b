package dev.lanes.task;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a task may take; null for the default of whoever runs it.
 *
 * @param timeout how long an attempt may run
 * @param maxAttempts how often it may be tried
 */
public record Limits(@Nullable Duration timeout, @Nullable Integer maxAttempts) {
    /** Those of a task that says nothing. */
    public static final Limits DEFAULT = new Limits(null, null);

    /** The longest time limit. */
    public static final Duration MAX_TIMEOUT = Duration.ofDays(1);
    /** The most attempts. */
    public static final int MAX_ATTEMPTS = 100;
}
