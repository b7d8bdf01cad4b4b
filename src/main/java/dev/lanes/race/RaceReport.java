package dev.lanes.race;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a race is, and what came of it. What could not be measured is null.
 *
 * @param state {@code waiting}, {@code running}, {@code finished} or {@code failed}
 * @param step what it does now
 * @param error why it failed; null unless it did
 * @param workload type and payload, for people
 * @param budget {@code equal concurrency} or {@code equal budget}
 * @param rounds measured rounds of each contestant
 * @param bareClient Kafka's clients alone; null until it has run
 * @param lanes by name, in the order of the race
 */
public record RaceReport(
        String id,
        String state,
        String step,
        @Nullable String error,
        Instant startedAt,
        String workload,
        String type,
        @JsonRawValue String payload,
        int count,
        String budget,
        int rounds,
        Environment environment,
        @Nullable BareClientResult bareClient,
        Map<String, LaneResult> lanes) {

    /** The middle of several rounds, and how far they lie apart. */
    public record Spread(double median, double min, double max) {
        static Spread of(List<Double> values) {
            List<Double> sorted =
                    values.stream().sorted(Comparator.naturalOrder()).toList();
            int middle = sorted.size() / 2;
            double median =
                    sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
            return new Spread(median, sorted.getFirst(), sorted.getLast());
        }
    }

    /** What the bare client did. */
    public record BareClientResult(
            Spread tasksPerSecond, @Nullable Double cpuMicrosPerTask) {}

    /** What tasks were in progress at once. */
    public record InProgress(double mean, int max) {}

    /**
     * What a lane did. Without {@code delivered} it has no figures.
     *
     * @param delivery how it gets its tasks from Kafka
     * @param delivered whether every task of every round ended once, and well
     * @param fault why not; null when they did
     * @param ratioToBareClient medians of tasks a second
     * @param cpuMicrosPerTask of the lane's JVMs
     * @param onCpuMean cores that they kept busy on average
     */
    public record LaneResult(
            String delivery,
            boolean delivered,
            @Nullable String fault,
            int duplicates,
            int concurrency,
            @Nullable Spread tasksPerSecond,
            @Nullable Double ratioToBareClient,
            @Nullable Percentiles waitMsPercentiles,
            @Nullable Percentiles runMsPercentiles,
            @Nullable Double cpuMicrosPerTask,
            @Nullable Long rssBytes,
            @Nullable Long threads,
            @Nullable InProgress inProgress,
            @Nullable Double onCpuMean) {}

    /** The machine and the programs. */
    public record Environment(
            int cores,
            String os,
            String jdk,
            String version,
            @Nullable Double loadAtStart) {
        static Environment here(String version) {
            var system = java.lang.management.ManagementFactory.getOperatingSystemMXBean();
            double load = system.getSystemLoadAverage();
            return new Environment(
                    Runtime.getRuntime().availableProcessors(),
                    system.getName() + " " + system.getVersion() + " " + system.getArch(),
                    Runtime.version().toString(),
                    version,
                    load < 0 ? null : load);
        }
    }

    boolean over() {
        return state.equals("finished") || state.equals("failed");
    }
}
