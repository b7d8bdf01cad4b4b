package dev.lanes.race;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.util.List;

/** The fixed list of races by which Lanes measures itself, and machines can be compared. */
public final class Bench {
    /** Each as a race that can be asked for. */
    public static final List<Workload> WORKLOADS = List.of(
            new Workload(
                    "noop",
                    "what a lane itself costs, beside Kafka's clients alone and Quarkus' own idiom",
                    "{\"type\":\"noop\",\"idioms\":true,\"concurrency\":{\"process\":2},\"warmUpSeconds\":30}"),
            new Workload(
                    "ledger",
                    "what it costs a lane that the ledger reads all outcomes in the same JVM",
                    "{\"type\":\"noop\",\"lanes\":[\"reactive\"],\"ledger\":true,\"warmUpSeconds\":30}"),
            new Workload(
                    "wait-16",
                    "waiting at equal concurrency: 10 ms, 16 in flight",
                    // Sixteen processes take minutes to get warm.
                    "{\"type\":\"sleep\",\"payload\":{\"ms\":10},\"concurrency\":16,\"warmUpSeconds\":20}"),
            new Workload(
                    "wait-100",
                    "the same with 100 in flight, beside lanes whose tasks come from memory",
                    "{\"type\":\"sleep\",\"payload\":{\"ms\":10},\"concurrency\":100,"
                            + "\"lanes\":[\"reactive\",\"thread\",\"virtual\"],\"ceiling\":true,\"warmUpSeconds\":30}"),
            new Workload(
                    "wait-1000",
                    "waiting at equal budget: 10 ms, what each lane has in flight by default",
                    "{\"type\":\"sleep\",\"payload\":{\"ms\":10},\"ceiling\":true,\"warmUpSeconds\":30}"),
            new Workload(
                    "compute",
                    "computing: a millisecond or two of SHA-256, results checked",
                    "{\"type\":\"hash\",\"payload\":{\"iterations\":2000},\"count\":3000,\"warmUpSeconds\":30}"),
            new Workload(
                    "mixed",
                    "quick tasks among which one in a hundred is slow: 1 ms and 1 s, 200 in flight",
                    "{\"type\":\"sleep\",\"payload\":{\"ms\":1,\"slowMs\":1000,\"slowOneIn\":100},"
                            // A slow one among the last adds up to 1 s, which must not make the figure.
                            + "\"concurrency\":200,\"count\":100000,\"lanes\":[\"reactive\",\"thread\",\"virtual\"],"
                            + "\"ceiling\":true,\"warmUpSeconds\":30}"),
            new Workload(
                    "mixed-8",
                    "the same in 8 processes, which should all be busy until the end",
                    "{\"type\":\"sleep\",\"payload\":{\"ms\":1,\"slowMs\":1000,\"slowOneIn\":100},"
                            + "\"concurrency\":8,\"count\":10000,\"lanes\":[\"process\"],\"warmUpSeconds\":16}"),
            new Workload(
                    "service",
                    "a service's task: waits 5 ms, then computes for 0.2 ms",
                    "{\"type\":\"work\",\"payload\":{\"waitMs\":5,\"cpuMicros\":200}}"),
            new Workload(
                    "latency",
                    "from publishing to outcome when 1,000 tasks come every second",
                    "{\"type\":\"noop\",\"ratePerSecond\":1000,\"repeat\":5}"));

    private Bench() {}

    /**
     * One of them.
     *
     * @param why it is in the list
     * @param request the body of {@code POST /api/races}
     */
    public record Workload(
            String name, String why, @JsonRawValue String request) {}
}
