package dev.lanes.pipeline;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What every process says of itself once a second.
 *
 * @param parts what it runs, as in {@code lanes.run}
 * @param restarts how often its supervisor has had to start it again
 * @param cpuSeconds CPU time since its start
 * @param rssBytes resident memory; null where the system does not tell
 * @param threads live platform threads
 * @param allocatedBytes on the heap by all threads since its start; null where the JVM does not tell
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Heartbeat(
        String host,
        long pid,
        String version,
        Instant at,
        Instant startedAt,
        List<String> parts,
        int restarts,
        double cpuSeconds,
        @Nullable Long rssBytes,
        int threads,
        List<LaneBeat> lanes,
        @Nullable Long allocatedBytes) {
    public Heartbeat {
        requireNonNull(host);
        requireNonNull(version);
        requireNonNull(at);
        requireNonNull(startedAt);
        parts = List.copyOf(parts);
        lanes = List.copyOf(lanes);
    }

    /**
     * One lane of the process.
     *
     * @param done attempts that ended since the process's start, {@code failed} those that did not succeed
     * @param waits waits of the last second in microseconds, as a compressed HdrHistogram
     * @param runs run times of the last second in microseconds, likewise
     * @param counts all ended attempts by type and outcome
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record LaneBeat(
            String lane,
            int concurrency,
            int running,
            long done,
            long failed,
            long loopBlockedMs,
            byte[] waits,
            byte[] runs,
            List<TypeCount> counts) {
        public LaneBeat {
            requireNonNull(lane);
            requireNonNull(waits);
            requireNonNull(runs);
            counts = List.copyOf(counts);
        }
    }

    /** How many attempts of a type ended in a way. */
    public record TypeCount(String type, String outcome, long count) {
        public TypeCount {
            requireNonNull(type);
            requireNonNull(outcome);
        }
    }

    /** Reads a histogram of a heartbeat; an empty one where it cannot be read. */
    public static Histogram histogram(byte[] compressed) {
        try {
            return Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(compressed), 1);
        } catch (DataFormatException | RuntimeException foreign) {
            return new Histogram(TimeUnit.DAYS.toMicros(1), 2);
        }
    }
}
