package dev.lanes.race;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the demo is, and what came of it.
 *
 * @param state {@code not run}, {@code running}, {@code finished} or {@code failed}
 * @param step what it does now
 * @param error why it failed; null unless it did
 * @param cores of this machine, as this process sees them
 */
public record DemoReport(
        String state, String step, @Nullable String error, int cores, List<Round> rounds) {

    /**
     * The same three tasks on every lane.
     *
     * @param round {@code waiting} or {@code computing}
     * @param payload of each task, as JSON
     * @param taskSeconds how long one of them takes by itself
     */
    public record Round(
            String round,
            String type,
            @com.fasterxml.jackson.annotation.JsonRawValue String payload,
            double taskSeconds,
            List<Row> lanes) {}

    /**
     * One lane of a round.
     *
     * @param seconds from the first start to the last finish
     * @param processes their pids, each after its host where that is another one
     * @param cpuPerWall CPU seconds of the lane's processes over {@code seconds}; null where they run on another host
     */
    public record Row(
            String lane,
            double seconds,
            List<String> processes,
            List<String> threads,
            @Nullable Double cpuPerWall,
            String why,
            List<Bar> tasks) {}

    /**
     * A task on the time axis of its lane, which begins with the first start.
     *
     * @param process its pid, after its host where that is another one
     */
    public record Bar(
            String name,
            String id,
            String process,
            String thread,
            boolean virtualThread,
            double startMs,
            double endMs) {}
}
