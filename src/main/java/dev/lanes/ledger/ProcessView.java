package dev.lanes.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A process as its heartbeats tell it.
 *
 * @param lanes what it runs: {@code api}, and lanes
 * @param running its tasks in flight
 * @param cpuPercent of one core, over the last seconds
 * @param cpuSeconds since its start
 */
public record ProcessView(
        String host,
        long pid,
        List<String> lanes,
        int running,
        Instant startedAt,
        Instant lastHeartbeatAt,
        double cpuPercent,
        double cpuSeconds,
        @Nullable Long rssBytes,
        int threads,
        int restarts,
        String version) {}
