package dev.lanes.race;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** The measured rounds of one entrant, and what they come to. */
final class Score {
    /** Of the time in which tasks come, after which whoever has kept up has done them. */
    private static final double LATE = 1.1;

    private final Entrant entrant;
    private final List<Round> rounds = new ArrayList<>();
    private double idleCores;
    private @Nullable Duration loopBlocked;
    private @Nullable Long allocatedBytes;
    private @Nullable Long rssBytes;
    private @Nullable Long threads;

    Score(Entrant entrant) {
        this.entrant = entrant;
    }

    Entrant entrant() {
        return entrant;
    }

    /** In their order. */
    List<Round> rounds() {
        return rounds;
    }

    void add(Round round) {
        rounds.add(round);
    }

    /** What its JVMs take when they have nothing to do. */
    void idle(double cores) {
        idleCores = cores;
    }

    /** For how long its event loop was blocked in one more round. */
    void loopBlocked(Duration more) {
        loopBlocked = loopBlocked == null ? more : loopBlocked.plus(more);
    }

    /** By all of its JVMs, from the first of its rounds to the last. */
    void allocated(long bytes) {
        allocatedBytes = bytes;
    }

    void size(@Nullable Long bytes, @Nullable Long liveThreads) {
        rssBytes = bytes;
        threads = liveThreads;
    }

    /** Of its JVMs, after the last round; null where it was not told. */
    @Nullable
    Long rssBytes() {
        return rssBytes;
    }

    @Nullable
    Long threads() {
        return threads;
    }

    /** Null where it has no loop. */
    @Nullable
    Duration loopBlocked() {
        return loopBlocked;
    }

    boolean hasRun() {
        return !rounds.isEmpty();
    }

    boolean failed() {
        return fault() != null;
    }

    @Nullable
    String fault() {
        return rounds.stream()
                .map(Round::fault)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    List<Double> speeds() {
        return rounds.stream().map(Round::tasksPerSecond).toList();
    }

    RaceReport.Spread tasksPerSecond() {
        return RaceReport.Spread.of(speeds());
    }

    double median() {
        return tasksPerSecond().median();
    }

    /** Whether in most rounds it had caught up soon after the last task had come, not counting how long one runs. */
    boolean keptUp(int ratePerSecond) {
        double coming = (double) count() / ratePerSecond;
        double all = count() / median();
        return all - longestRun() / 1000 <= LATE * coming;
    }

    /** In milliseconds. */
    private double longestRun() {
        Percentiles runs = percentiles(Figures::runs);
        return runs == null ? 0 : runs.max();
    }

    int count() {
        return rounds.getLast().count();
    }

    /** Busy cores beyond those of idle JVMs, over all rounds; null where it was not told. */
    @Nullable
    Double onCpu() {
        double cores = 0;
        for (Round round : rounds) {
            Duration cpu = round.cpu().entrant();
            if (cpu == null) {
                return null;
            }
            cores += (double) cpu.toNanos() / round.wall().toNanos() - idleCores;
        }
        return Math.max(0, cores / rounds.size());
    }

    /** Cores that one of those who have part in it kept busy, over all rounds; null where it was not told. */
    @Nullable
    Double cores(Function<CpuTimes, @Nullable Duration> whose) {
        double nanos = 0;
        double wall = 0;
        for (Round round : rounds) {
            Duration cpu = whose.apply(round.cpu());
            if (cpu == null) {
                return null;
            }
            nanos += cpu.toNanos();
            wall += round.wall().toNanos();
        }
        return nanos / wall;
    }

    @Nullable
    Double cpuMicrosPerTask() {
        Double cores = onCpu();
        if (cores == null) {
            return null;
        }
        double wall = rounds.stream()
                .mapToDouble(round -> round.wall().toNanos() / 1000.0 / round.count())
                .average()
                .orElse(0);
        return cores * wall;
    }

    /** What one of those beside the entrant took, idle or not; null where it was not told. */
    @Nullable
    Double microsPerTask(Function<CpuTimes, @Nullable Duration> whose) {
        double micros = 0;
        double tasks = 0;
        for (Round round : rounds) {
            Duration cpu = whose.apply(round.cpu());
            if (cpu == null) {
                return null;
            }
            micros += cpu.toNanos() / 1000.0;
            tasks += round.count();
        }
        return micros / tasks;
    }

    @Nullable
    Double allocatedBytesPerTask() {
        return allocatedBytes == null
                ? null
                : (double) allocatedBytes
                        / rounds.stream().mapToLong(Round::count).sum();
    }

    @Nullable
    Percentiles percentiles(Function<Figures, Histogram> which) {
        Histogram all = Percentiles.histogram();
        rounds.forEach(round -> all.add(which.apply(round.figures())));
        return Percentiles.of(all);
    }

    RaceReport.InProgress inProgress() {
        return new RaceReport.InProgress(
                rounds.stream()
                        .mapToDouble(round -> round.figures().inProgressMean(round.wall()))
                        .average()
                        .orElse(0),
                rounds.stream()
                        .mapToInt(round -> round.figures().inProgressMax())
                        .max()
                        .orElse(0));
    }
}
