package dev.lanes.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run of a task.
 *
 * @param finishedAt null while it runs
 * @param outcome null while it runs
 * @param error what went wrong; null when nothing did
 */
public record Attempt(
        int number,
        LaneName lane,
        Place place,
        Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Outcome outcome,
        @Nullable String error) {}
