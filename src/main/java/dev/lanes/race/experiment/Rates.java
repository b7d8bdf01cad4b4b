package dev.lanes.race.experiment;

import dev.lanes.task.LaneName;
import java.util.Map;

/**
 * How the lanes got on with the same tasks.
 *
 * @param perSecond tasks a second of each lane
 * @param places among how many threads, or processes, each lane spread them, at most in a round
 */
record Rates(Map<LaneName, Double> perSecond, Map<LaneName, Integer> places) {
    /** Tasks a second. */
    double of(LaneName lane) {
        return perSecond.getOrDefault(lane, 0.0);
    }

    /** How many times as many tasks a second as another lane. */
    double over(LaneName other, LaneName lane) {
        return of(lane) / of(other);
    }

    /** Threads, or processes, that took part. */
    int places(LaneName lane) {
        return places.getOrDefault(lane, 0);
    }

    /** The least by which a lane has to surpass {@code sequential} to have computed in parallel. */
    double needed(LaneName lane, int cores) {
        return SpeedUp.SHARE_OF_CORES * Math.min(cores, places(lane));
    }

    /** Whether it computed on as many cores as there are, or on as many as it has places; never on one. */
    boolean parallel(LaneName lane, int cores) {
        return Math.min(cores, places(lane)) > 1 && over(LaneName.SEQUENTIAL, lane) >= needed(lane, cores);
    }

    /** Whether tasks took turns. */
    boolean inTurns(LaneName lane) {
        return over(LaneName.SEQUENTIAL, lane) <= SpeedUp.IN_TURNS;
    }

    /** Adds each lane's tasks a second under that heading. */
    void addTo(Finding.Figures figures, String heading) {
        perSecond.forEach((lane, rate) -> figures.add(heading + ", " + lane, rate, "tasks/s"));
    }
}
