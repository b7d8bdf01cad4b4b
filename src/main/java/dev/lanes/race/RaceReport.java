package dev.lanes.race;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far a race is, and what came of it. What could not be measured is null.
 *
 * @param id also the time at which it was asked for, in milliseconds since 1970, in base 36
 * @param state {@code waiting}, {@code running}, {@code finished}, {@code failed},
 *     {@code cancelled} or {@code interrupted}
 * @param step what it does now
 * @param error why it has not come to its end; null where it has
 * @param startedAt null while it waits
 * @param workload type and payload, for people
 * @param mode {@code in turn} or {@code together}
 * @param budget {@code equal concurrency} or {@code equal budget}, and where it is not quite so
 * @param loop {@code closed loop}, or {@code open loop} at {@code ratePerSecond}
 * @param command repeats it
 * @param rounds measured rounds of each entrant
 * @param done how many of a round's tasks each lane has done; for races that run together
 * @param reliable whether nothing speaks against the figures; null unless it has finished
 * @param doubts what does
 * @param bareClient Kafka's clients alone; null until it has run
 * @param bareShareClient the same as a share group; null where no lane reads a queue
 * @param idioms Quarkus' own, a message at a time, where they were asked for
 * @param lanes that have run so far, by name, in the order of the race
 * @param ledger the lanes that share a process, each once more in a JVM that keeps the ledger too; where asked for
 * @param inMemory lanes whose tasks came from memory, which is the ceiling of what they can do; where asked for
 * @param control the lane {@code thread} on a queue; null unless {@code thread} and {@code process} race in turn
 * @param split what the queue and what processes cost; null without a control
 * @param standing the fastest first; those whose spreads overlap are in one list
 * @param raw every measured round
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RaceReport(
        String id,
        String state,
        String step,
        @Nullable String error,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        String workload,
        String type,
        JsonNode payload,
        String mode,
        String budget,
        String loop,
        @Nullable Integer ratePerSecond,
        String command,
        int rounds,
        Environment environment,
        Map<String, Integer> done,
        @Nullable Boolean reliable,
        List<String> doubts,
        @Nullable BareResult bareClient,
        @Nullable BareResult bareShareClient,
        Map<String, BareResult> idioms,
        Map<String, LaneResult> lanes,
        Map<String, LaneResult> ledger,
        Map<String, LaneResult> inMemory,
        @Nullable LaneResult control,
        @Nullable Split split,
        List<List<String>> standing,
        List<RawRound> raw) {
    public RaceReport {
        // Reports that an older Lanes has kept know nothing of them.
        doubts = Objects.requireNonNullElse(doubts, List.of());
        ledger = Objects.requireNonNullElse(ledger, Map.of());
        inMemory = Objects.requireNonNullElse(inMemory, Map.of());
    }

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

        boolean overlaps(Spread other) {
            return min <= other.max && other.min <= max;
        }
    }

    /**
     * What a bare client did.
     *
     * @param jvms in how many processes
     * @param clients in all of them together
     * @param fault why it has no figures; null when it has
     * @param brokerCpuMicrosPerTask of Kafka, where it is a child of this process, idle or not
     * @param publisherCpuMicrosPerTask of this process, likewise
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record BareResult(
            int jvms,
            int clients,
            int count,
            @Nullable String fault,
            @Nullable Spread tasksPerSecond,
            @Nullable Percentiles latencyMsPercentiles,
            @Nullable Double cpuMicrosPerTask,
            @Nullable Double brokerCpuMicrosPerTask,
            @Nullable Double publisherCpuMicrosPerTask) {}

    /** What tasks were in progress at once. */
    public record InProgress(double mean, int max) {}

    /**
     * Where the way from {@code thread} to {@code process} goes, in factors of tasks a second.
     *
     * @param queue the control over {@code thread}: what reading a queue costs; null where {@code thread} has more in
     *     flight than the control, as that would count as the queue's
     * @param queueAndConcurrency the same where it has: what the queue and having fewer in flight cost together
     * @param processes {@code process} over the control: what processes cost, or give
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Split(@Nullable Double queue, @Nullable Double queueAndConcurrency, double processes) {}

    /**
     * What a lane did. Without {@code delivered} it has no figures.
     *
     * @param delivery how it gets its tasks from Kafka
     * @param delivered whether every task of every round ended once, well and with the right result
     * @param fault why not; null when they did
     * @param count tasks a round
     * @param ratioToBareClient of medians of tasks a second; null for those that read a queue
     * @param ratioToBareShareClient likewise; null for those that do not
     * @param ratioToSequential likewise; null without {@code sequential}, and for what reads a queue when the tasks are
     *     no-ops and no control tells what the queue costs
     * @param ratioToLedgerOff likewise, to the same lane alone; null but for those with the ledger beside them
     * @param ratioToInMemory likewise, to the same lane with its tasks from memory; null where that has not raced
     * @param keptUp whether it had done all tasks of a round soon after the last had come; null in the closed loop
     * @param waitMsPercentiles from submission to start
     * @param latencyMsPercentiles from submission to the outcome in Kafka
     * @param cpuMicrosPerTask of the lane's JVMs, less what they take when idle
     * @param brokerCpuMicrosPerTask of Kafka, where it is a child of this process, idle or not
     * @param publisherCpuMicrosPerTask of this process, likewise
     * @param allocatedBytesPerTask on the heaps of the lane's JVMs, with what they allocate when idle between rounds
     * @param onCpuMean cores that they kept busy on average, less what they keep busy when idle
     * @param loopBlockedMs over all rounds; null for a lane without an event loop
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record LaneResult(
            String delivery,
            boolean delivered,
            @Nullable String fault,
            int duplicates,
            int concurrency,
            int count,
            @Nullable Spread tasksPerSecond,
            @Nullable Double ratioToBareClient,
            @Nullable Double ratioToBareShareClient,
            @Nullable Double ratioToSequential,
            @Nullable Double ratioToLedgerOff,
            @Nullable Double ratioToInMemory,
            @Nullable Boolean keptUp,
            @Nullable Percentiles waitMsPercentiles,
            @Nullable Percentiles runMsPercentiles,
            @Nullable Percentiles latencyMsPercentiles,
            @Nullable Double cpuMicrosPerTask,
            @Nullable Double brokerCpuMicrosPerTask,
            @Nullable Double publisherCpuMicrosPerTask,
            @Nullable Double allocatedBytesPerTask,
            @Nullable Long rssBytes,
            @Nullable Long threads,
            @Nullable InProgress inProgress,
            @Nullable Double onCpuMean,
            @Nullable Long loopBlockedMs) {}

    /** One measured round; without figures where it failed. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record RawRound(
            String name,
            int round,
            int count,
            @Nullable Double tasksPerSecond,
            @Nullable Double wallMs,
            @Nullable Double latencyP99Ms,
            @Nullable Double cpuMs,
            @Nullable Double compilerCpuMs,
            @Nullable Double brokerCpuMs,
            @Nullable Double publisherCpuMs,
            @Nullable Double coresOfOthers,
            int duplicates,
            @Nullable String fault) {}

    boolean over() {
        return !state.equals("waiting") && !state.equals("running");
    }
}
