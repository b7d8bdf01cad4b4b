package dev.lanes.race;

import dev.lanes.pipeline.Course;
import dev.lanes.pipeline.Heartbeat;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One entrant with all it needs, and what it does when it is its turn. */
final class Turn {
    private static final int FIRST_COUNT = 4;
    /** Around so few tasks a lane has little to do. */
    private static final int FEW_A_SECOND = 30;

    private static final long GROWTH = 4;
    private static final double AT_LEAST_SECONDS = 1.5;
    private static final double HELPING_SECONDS = 1;
    /** While its compilers take more of the machine's cores, an entrant becomes quicker yet. */
    private static final double COMPILING = 0.04;

    private static final int QUIET_HELPINGS = 2;
    private static final double ROUND_SECONDS = 2;
    /** So many tasks for each that may be in flight: of fewer, the last ones make the figure, when some places are idle. */
    private static final int TASKS_A_PLACE = 20;

    private static final double LONGEST_CHOSEN_SECONDS = 3;
    private static final int MAX_CHOSEN = 150_000;
    private static final Duration LONGEST_ROUND = Duration.ofMinutes(15);

    private final Entrant entrant;
    private final Course course;
    private final Jvms jvms;
    private final Timekeeper time;
    private final RaceRequest request;
    private final Score score;
    private int count;
    private final Heard heard;
    private boolean failed;
    private boolean begun;
    private @Nullable Long allocatedBefore;
    private @Nullable Duration cpuAtRest;
    private long restSince;

    Turn(Entrant entrant, Course course, Jvms jvms, Timekeeper time, RaceRequest request, Score score) {
        this.entrant = entrant;
        this.course = course;
        this.jvms = jvms;
        this.time = time;
        this.request = request;
        this.score = score;
        this.heard = new Heard(course, entrant.jvms());
    }

    Entrant entrant() {
        return entrant;
    }

    String name() {
        return entrant.name();
    }

    /** How many tasks its rounds have; zero before it has warmed up. */
    int count() {
        return count;
    }

    /** Waits until its JVMs run tasks; then others have the machine. */
    void begin() throws InterruptedException {
        Round round = time.ofFirst().round(entrant, course, jvms, FIRST_COUNT);
        if (round.fault() == null) {
            leaveTheMachine();
        } else {
            fail(round);
        }
    }

    /**
     * The first half: no-op tasks, as what the lane does around a task is the same for all types, unless it has to do
     * that so rarely that it hardly counts. Then others have the machine.
     *
     * @param given how many tasks a round has; null for as many as it does in some time
     */
    void warmUp(@Nullable Integer given) throws IOException, InterruptedException {
        if (failed) {
            return;
        }
        jvms.resume();
        int most = most(given);
        Round round = helpings(time, Math.min(FIRST_COUNT, most), 0);
        if (round.fault() == null) {
            round = needsNoops(round)
                    ? helpings(time.ofNoops(), room(), warmUpSeconds())
                    : helpings(time, most, warmUpSeconds());
        }
        if (round.fault() == null) {
            leaveTheMachine();
        } else {
            fail(round);
        }
    }

    /**
     * The second half, with the tasks of the race. It comes after a suspension, as rounds do: compilers that had become
     * quiet have been seen to be busy again after the first one.
     */
    void warmUpAgain(@Nullable Integer given) throws IOException, InterruptedException {
        if (failed) {
            return;
        }
        jvms.resume();
        Round round = helpings(time, most(given), warmUpSeconds());
        if (round.fault() != null) {
            fail(round);
            return;
        }
        count = given == null ? chosen(round.tasksPerSecond(), room()) : given;
        if (takesTooLong(round)) {
            fail(Round.refused(
                    count,
                    String.format(
                            Locale.ROOT,
                            "a round of %d tasks would take more than %d min at some %.1f a second: give a smaller count",
                            count,
                            LONGEST_ROUND.toMinutes(),
                            round.tasksPerSecond())));
            return;
        }
        leaveTheMachine();
    }

    /** For at most so long either half goes on. */
    private double warmUpSeconds() {
        return request.warmUpSeconds() * crowding() / 2;
    }

    private int most(@Nullable Integer given) {
        return given == null ? room() : given;
    }

    private int room() {
        return Math.min(MAX_CHOSEN, Memory.tasks(request, Runtime.getRuntime().maxMemory()));
    }

    private boolean needsNoops(Round first) {
        boolean fewTasks = request.ratePerSecond() == null && first.tasksPerSecond() < FEW_A_SECOND;
        return entrant.runsTasks() && !request.noops() && !fewTasks;
    }

    /** At the rate of its last helping, and with as many more at once as it may have in flight. */
    private boolean takesTooLong(Round last) {
        double atOnce = Math.max(1, (double) entrant.concurrency() / last.count());
        return request.ratePerSecond() == null && count > last.tasksPerSecond() * atOnce * LONGEST_ROUND.toSeconds();
    }

    /** Each of its JVMs has the same code to compile, and would have a core for that beside the one for its tasks. */
    private double crowding() {
        double coresOfEach = entrant.runsTasks() ? 2 : 1;
        return Math.max(1, coresOfEach * entrant.jvms() / Runtime.getRuntime().availableProcessors());
    }

    private void leaveTheMachine() {
        if (entrant.queue()) {
            // Locks of what is in the hands of the suspended would expire.
            course.awaitAcknowledged(entrant.lane());
        }
        jvms.suspend();
    }

    /**
     * Helpings that grow, until its JVMs have compiled what they run, but not for ever. They also tell how fast it is.
     *
     * @param longest in seconds
     */
    private Round helpings(Timekeeper keeper, int most, double longest) throws InterruptedException {
        int next = Math.min(FIRST_COUNT, most);
        int quiet = 0;
        long start = System.nanoTime();
        while (true) {
            long roundStart = System.nanoTime();
            Round round = keeper.round(entrant, course, jvms, next);
            double seconds = (System.nanoTime() - start) / 1e9;
            int full = chosen(keeper, round.tasksPerSecond(), HELPING_SECONDS, most);
            boolean grown = next * GROWTH >= full;
            quiet = grown && !compiles(round, System.nanoTime() - roundStart) ? quiet + 1 : 0;
            if (round.fault() != null || quiet >= QUIET_HELPINGS && seconds >= AT_LEAST_SECONDS || seconds >= longest) {
                return round;
            }
            next = Math.clamp(next * GROWTH, 1, full);
        }
    }

    /** Whether its compilers were busy for a good part of that time; as far as is known. */
    private static boolean compiles(Round round, long nanos) {
        Duration compiled = round.cpu().compilers();
        return compiled == null
                || compiled.toNanos() > COMPILING * nanos * Runtime.getRuntime().availableProcessors();
    }

    /** What it does in some seconds; in the open loop as many as come in that time. */
    private static int chosen(Timekeeper keeper, double rate, double seconds, int most) {
        Integer open = keeper.ratePerSecond();
        double perSecond = open == null ? rate : open;
        return (int) Math.clamp(perSecond * seconds, 1, most);
    }

    private int chosen(double rate, int most) {
        return request.ratePerSecond() == null
                ? aRound(rate, entrant.concurrency(), most)
                : chosen(time, rate, ROUND_SECONDS, most);
    }

    /** As many tasks as make a figure. */
    static int aRound(double rate, int concurrency, int most) {
        double enough = Math.min((double) TASKS_A_PLACE * concurrency, rate * LONGEST_CHOSEN_SECONDS);
        return (int) Math.clamp(Math.max(rate * ROUND_SECONDS, enough), 1, most);
    }

    /** One measured round; none once one has failed the check. */
    void round() throws IOException, InterruptedException {
        if (failed) {
            return;
        }
        Instant asked = Instant.now();
        jvms.resume();
        if (!begun) {
            begun = true;
            allocatedBefore = allocated(asked);
        }
        Long blockedBefore = blockedMs();
        Round round = time.round(entrant, course, jvms, count);
        if (round.fault() != null) {
            fail(round);
            return;
        }
        score.add(round);
        Long blocked = blockedMs();
        if (blockedBefore != null && blocked != null) {
            score.loopBlocked(Duration.ofMillis(blocked - blockedBefore));
        }
        score.size(jvms.rssBytes(), jvms.threads());
        leaveTheMachine();
    }

    /** For how long its event loop has been blocked; null where it has none. */
    private @Nullable Long blockedMs() {
        return entrant.hasLoop()
                ? heard.sum(
                        Instant.now(),
                        beat -> beat.lanes().stream()
                                .mapToLong(Heartbeat.LaneBeat::loopBlockedMs)
                                .sum())
                : null;
    }

    /** What its JVMs have allocated, as they say once they have been let go on. */
    private @Nullable Long allocated(Instant letGoOn) {
        return entrant.runsTasks() ? heard.sum(letGoOn, Heartbeat::allocatedBytes) : null;
    }

    /** From now on its JVMs have nothing to do. */
    void beginRest() throws IOException, InterruptedException {
        Instant asked = Instant.now();
        jvms.resume();
        Long allocated = failed || allocatedBefore == null ? null : allocated(asked);
        if (allocated != null && allocatedBefore != null) {
            score.allocated(allocated - allocatedBefore);
        }
        cpuAtRest = jvms.cpu();
        restSince = System.nanoTime();
    }

    /** What they took meanwhile does not count as spent on tasks. */
    void endRest() {
        Duration taken = CpuTimes.difference(cpuAtRest, jvms.cpu());
        if (taken != null && !failed) {
            score.idle((double) taken.toNanos() / (System.nanoTime() - restSince));
        }
    }

    private void fail(Round round) {
        failed = true;
        score.add(round);
        jvms.close();
    }
}
