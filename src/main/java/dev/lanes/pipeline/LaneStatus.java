package dev.lanes.pipeline;

import dev.lanes.task.LaneName;
import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What one lane of one process does.
 *
 * @param running tasks in flight
 * @param done attempts that ended since the process's start
 * @param failed those of them that did not succeed
 * @param loopBlocked since the process's start
 * @param waits waits of the tasks that started since the last heartbeat, in microseconds
 * @param runs run times of the attempts that ended since the last heartbeat, in microseconds
 * @param counts ended attempts since the process's start, by type and outcome
 */
public record LaneStatus(
        LaneName lane,
        int concurrency,
        int running,
        long done,
        long failed,
        Duration loopBlocked,
        Histogram waits,
        Histogram runs,
        List<Heartbeat.TypeCount> counts) {}
