package dev.lanes.race;

import dev.lanes.task.LaneName;
import dev.lanes.task.RawJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is raced.
 *
 * @param type of all tasks
 * @param payload of each of them
 * @param lanes in this order
 * @param count tasks a round
 * @param concurrency tasks in flight on every concurrent lane ("equal concurrency"); null for what each lane has by
 *     default ("equal budget")
 * @param repeat measured rounds of each lane
 */
public record RaceRequest(
        String type,
        RawJson payload,
        List<LaneName> lanes,
        int count,
        @Nullable Integer concurrency,
        int repeat) {
    public static final int MAX_COUNT = 1_000_000;
    public static final int MAX_CONCURRENCY = 10_000;
    public static final int MAX_PROCESSES = 16;
    public static final int MAX_REPEAT = 20;

    /** How many tasks a lane may have in flight. */
    int concurrencyOf(LaneName lane) {
        return switch (lane) {
            case SEQUENTIAL -> 1;
            case REACTIVE, VIRTUAL -> concurrency == null ? 1000 : concurrency;
            case THREAD -> concurrency == null ? 16 : concurrency;
            case PROCESS -> Math.min(concurrency == null ? 3 : concurrency, MAX_PROCESSES);
        };
    }
}
