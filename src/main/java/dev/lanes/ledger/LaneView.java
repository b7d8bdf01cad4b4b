package dev.lanes.ledger;

import dev.lanes.pipeline.Heartbeat;
import dev.lanes.pipeline.LaneSetting;
import dev.lanes.task.LaneName;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * A lane over all processes that run it, as their heartbeats tell it.
 *
 * @param concurrency how many tasks may be in flight at once, in all
 * @param paused whether it is wanted to take no tasks; what is in flight goes on
 * @param wantedConcurrency what somebody has set, of each process, or as the number of worker processes; null where the
 *     lane runs as configured
 * @param lagRecords null until Kafka has said it
 * @param loopBlockedMs null for a lane without an event loop
 */
public record LaneView(
        String lane,
        int concurrency,
        boolean paused,
        @Nullable Integer wantedConcurrency,
        int running,
        @Nullable Long lagRecords,
        double throughputPerSecond,
        double failedPerSecond,
        Percentiles waitMsPercentiles,
        Percentiles runMsPercentiles,
        @Nullable Long loopBlockedMs) {

    /** Over the last ten seconds, in milliseconds; zero when nothing happened. */
    public record Percentiles(double p50, double p90, double p99, double p999, double max) {
        static Percentiles of(Histogram micros) {
            return new Percentiles(
                    at(micros, 50), at(micros, 90), at(micros, 99), at(micros, 99.9), micros.getMaxValue() / 1000.0);
        }

        private static double at(Histogram micros, double percentile) {
            return micros.getTotalCount() == 0 ? 0 : micros.getValueAtPercentile(percentile) / 1000.0;
        }
    }

    static LaneView of(LaneName lane, List<Pulse> live, OptionalLong lag, LaneSetting wanted) {
        List<Heartbeat.LaneBeat> now =
                live.stream().flatMap(pulse -> pulse.now(lane).stream()).toList();
        Histogram waits = new Histogram(TimeUnit.DAYS.toMicros(1), 2);
        Histogram runs = new Histogram(TimeUnit.DAYS.toMicros(1), 2);
        live.forEach(pulse -> pulse.collect(lane, Heartbeat.LaneBeat::waits, waits));
        live.forEach(pulse -> pulse.collect(lane, Heartbeat.LaneBeat::runs, runs));
        return new LaneView(
                lane.toString(),
                now.stream().mapToInt(Heartbeat.LaneBeat::concurrency).sum(),
                wanted.paused(),
                wanted.concurrency(),
                now.stream().mapToInt(Heartbeat.LaneBeat::running).sum(),
                lag.isPresent() ? (Long) lag.getAsLong() : null,
                rate(live, lane, Heartbeat.LaneBeat::done),
                rate(live, lane, Heartbeat.LaneBeat::failed),
                Percentiles.of(waits),
                Percentiles.of(runs),
                lane == LaneName.REACTIVE
                        ? (Long) now.stream()
                                .mapToLong(Heartbeat.LaneBeat::loopBlockedMs)
                                .sum()
                        : null);
    }

    private static double rate(
            List<Pulse> live, LaneName lane, java.util.function.ToLongFunction<Heartbeat.LaneBeat> count) {
        double perSecond = live.stream()
                .mapToDouble(pulse -> pulse.perSecond(lane, Objects.requireNonNull(count)))
                .sum();
        return Math.round(perSecond * 10) / 10.0;
    }
}
