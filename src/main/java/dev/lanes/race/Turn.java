package dev.lanes.race;

import dev.lanes.pipeline.Course;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One entrant with all it needs, and what it does when it is its turn. */
final class Turn {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration FIRST_PATIENCE = Duration.ofMinutes(1);
    private static final int FIRST_COUNT = 20;
    private static final long GROWTH = 4;
    private static final double WARM_UP_SECONDS = 3;
    private static final double ROUND_SECONDS = 2.5;
    private static final int MAX_CHOSEN = 150_000;

    private final Entrant entrant;
    private final Course course;
    private final Jvms jvms;
    private final Timekeeper time;
    private final RaceRequest request;
    private final Scores.Score score;
    private int count;
    private boolean failed;
    private @Nullable Duration cpuAtRest;
    private long restSince;

    Turn(Entrant entrant, Course course, Jvms jvms, Timekeeper time, RaceRequest request, Scores.Score score) {
        this.entrant = entrant;
        this.course = course;
        this.jvms = jvms;
        this.time = time;
        this.request = request;
        this.score = score;
    }

    String name() {
        return entrant.name();
    }

    /**
     * Helpings that grow, for 3 s or more, until its code is compiled; they also tell how many tasks it does in a round.
     * The first, which waits for its JVMs, tells nothing.
     */
    void warmUp() {
        Integer given = request.count();
        int most = given == null ? MAX_CHOSEN : given;
        int next = Math.min(FIRST_COUNT, most);
        Round round = time.round(entrant, course, jvms, next, FIRST_PATIENCE);
        double seconds = 0;
        while (round.fault() == null && seconds < WARM_UP_SECONDS) {
            round = time.round(entrant, course, jvms, next, PATIENCE);
            seconds += round.wall().toNanos() / 1e9;
            count = given != null ? given : chosen(round.tasksPerSecond(), most);
            next = Math.clamp(next * GROWTH, 1, count);
        }
        if (round.fault() != null) {
            fail(round);
        }
        rest();
    }

    /** In the open loop as many as come in that time. */
    private int chosen(double rate, int most) {
        Integer open = request.ratePerSecond();
        double perSecond = open == null ? rate : open;
        return (int) Math.clamp(perSecond * ROUND_SECONDS, 1, most);
    }

    /** One measured round; none once one has failed the check. */
    void round() {
        if (failed) {
            return;
        }
        noteIdle();
        Round round = time.round(entrant, course, jvms, count, PATIENCE);
        if (round.fault() != null) {
            fail(round);
            return;
        }
        score.add(round);
        score.size(jvms.rssBytes(), jvms.threads());
        rest();
    }

    private void fail(Round round) {
        failed = true;
        score.add(round);
        jvms.close();
    }

    private void rest() {
        cpuAtRest = jvms.cpu();
        restSince = System.nanoTime();
    }

    /** What its JVMs have taken while others had the machine. */
    private void noteIdle() {
        Duration now = jvms.cpu();
        long nanos = System.nanoTime() - restSince;
        if (cpuAtRest != null && now != null && nanos > Duration.ofSeconds(1).toNanos()) {
            score.idle((double) now.minus(cpuAtRest).toNanos() / nanos);
        }
    }
}
