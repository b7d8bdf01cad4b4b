package dev.lanes.race.experiment;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How much sooner computing tasks end on a lane than one after another on {@code sequential}.
 *
 * @param lane what the lane is called
 * @param cores that may compute
 * @param otherCores how many of the cores other work kept busy meanwhile, on average
 * @param places threads, or processes, among which the lane spread the tasks
 * @param sequentialMs from the first start to the last finish on {@code sequential}, round by round, in milliseconds
 * @param laneMs the same on the lane
 */
record SpeedUp(
        String lane,
        int cores,
        double otherCores,
        int places,
        @Nullable Busy busy,
        List<Double> sequentialMs,
        List<Double> laneMs) {
    /** The part of the cores that has to be won: far beyond what turns can give; Kafka and this process take the rest. */
    static final double SHARE_OF_CORES = 0.7;
    /** More than this cannot be had by taking turns. */
    static final double IN_TURNS = 1.15;

    /** Up to 0.4 was seen where nothing but Lanes was started: its Kafka counts as other work. */
    private static final double A_BUSY_MACHINE = 0.5;

    /** Medians of the rounds, in cores. */
    record Busy(double onSequential, double onLane) {}

    /** The median of the rounds, so that one that was disturbed does not count. */
    double factor() {
        return Samples.median(IntStream.range(0, laneMs.size())
                .mapToObj(round -> sequentialMs.get(round) / laneMs.get(round))
                .toList());
    }

    /**
     * Whether as many tasks computed at once as there are cores, or places, for them. On one core, too, many were seen to
     * end sooner than one; so more than one core has to be busy.
     */
    boolean parallel() {
        boolean atOnce = busy == null ? cores > 1 : busy.onLane() > IN_TURNS;
        return atOnce && places > 1 && factor() >= needed();
    }

    /** Whether tasks took turns. */
    boolean inTurns() {
        return factor() <= IN_TURNS;
    }

    /** The least factor that counts as parallel here. */
    double needed() {
        return SHARE_OF_CORES * Math.min(cores, places);
    }

    /** The outcome in a line. */
    String line() {
        String said = String.format(
                Locale.ROOT,
                "%.2f times as fast on %s as on sequential (%.0f ms instead of %.0f ms), on %s",
                factor(),
                lane,
                Samples.median(laneMs),
                Samples.median(sequentialMs),
                cores == 1 ? "1 core" : cores + " cores");
        if (cores == 1) {
            return said
                    + (busy == null
                            ? ""
                            : String.format(
                                    Locale.ROOT,
                                    ", of which they kept %.2f busy, and on sequential %.2f",
                                    busy.onLane(),
                                    busy.onSequential()))
                    + ": for want of cores nothing can run in parallel here";
        }
        return otherCores < A_BUSY_MACHINE
                ? said
                : said
                        + String.format(
                                Locale.ROOT,
                                ", of which other work took %.1f meanwhile: try again when this machine is quiet",
                                otherCores);
    }

    Finding.Figures figures() {
        Finding.Figures figures = new Finding.Figures().add("speed-up, median", factor(), "times");
        if (cores > 1 && places > 1) {
            figures.add("speed-up from which on it counts as parallel here", needed(), "times");
        }
        if (busy != null) {
            figures.add("kept busy on sequential", busy.onSequential(), "cores")
                    .add("kept busy on " + lane, busy.onLane(), "cores");
        }
        return figures.add("on sequential, median", Samples.median(sequentialMs), "ms")
                .add("on " + lane + ", median", Samples.median(laneMs), "ms")
                .add("cores", cores, "cores")
                .add("busy with other work meanwhile", otherCores, "cores")
                .add("threads or processes that took part", places, "of " + lane);
    }
}
