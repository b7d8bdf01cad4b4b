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
    private static final double MAX_WARM_UP_SECONDS = 8;
    /** The JVM's compiler takes up what has run ten thousand times (-XX:Tier4InvocationThreshold and its like). */
    private static final int COMPILED_AFTER = 10_000;

    private static final double LONG_MICROS = 1000;
    private static final double QUICKER = 1.1;
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
     * Helpings that grow, for 3 s or more, and then until it gets no quicker, as its code is compiled, or for 8 s; they
     * also tell how many tasks it does in a round. The first, which waits for its JVMs, tells nothing.
     */
    void warmUp() {
        Integer given = request.count();
        int most = given == null ? MAX_CHOSEN : given;
        int next = Math.min(FIRST_COUNT, most);
        Round round = time.round(entrant, course, jvms, next, FIRST_PATIENCE);
        long start = System.nanoTime();
        double seconds = 0;
        int tasks = 0;
        boolean warm = false;
        double best = 0;
        while (round.fault() == null && (seconds < WARM_UP_SECONDS || !warm && seconds < MAX_WARM_UP_SECONDS)) {
            round = time.round(entrant, course, jvms, next, PATIENCE);
            seconds = (System.nanoTime() - start) / 1e9;
            tasks += next;
            double rate = round.tasksPerSecond();
            warm = rate < best * QUICKER && (tasks >= COMPILED_AFTER || computes(round));
            best = Math.max(best, rate);
            count = given != null ? given : chosen(rate, most);
            next = Math.clamp(next * GROWTH, 1, count);
        }
        if (round.fault() != null) {
            fail(round);
        }
        rest();
    }

    /** Whether tasks run for so long that what the lane does around them hardly counts. */
    private static boolean computes(Round round) {
        return round.figures().runs().getMean() > LONG_MICROS;
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
