package dev.lanes.ledger;

import dev.lanes.pipeline.Heartbeat;
import dev.lanes.task.LaneName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/** The last heartbeats of one process. */
final class Pulse {
    /** A process that has been silent for longer is taken for dead. */
    private static final Duration SILENCE = Duration.ofSeconds(5);
    /** And is forgotten after so long: until then, one that takes its place counts as started again. */
    private static final Duration MEMORY = Duration.ofMinutes(10);
    /** Over how many heartbeats percentiles are taken. */
    private static final int KEPT = 10;
    /** Over how many of them rates are taken. */
    private static final int RATE_OVER = 3;

    private final Instant startedAt;
    private final int deathsSeen;

    // Guarded by this.
    private final Deque<Heartbeat> beats = new ArrayDeque<>();

    /**
     * @param first its first heartbeat
     * @param deathsSeen how many have been under this host and pid before, as where a container is started again
     */
    Pulse(Heartbeat first, int deathsSeen) {
        this.startedAt = first.startedAt();
        this.deathsSeen = deathsSeen;
    }

    boolean sameAs(Heartbeat beat) {
        return startedAt.equals(beat.startedAt());
    }

    int deathsSeen() {
        return deathsSeen;
    }

    synchronized void add(Heartbeat beat) {
        beats.addLast(beat);
        if (beats.size() > KEPT) {
            beats.removeFirst();
        }
    }

    synchronized boolean alive(Instant now) {
        return !beats.isEmpty() && beats.getLast().at().plus(SILENCE).isAfter(now);
    }

    synchronized boolean longGone(Instant now) {
        return beats.isEmpty() || beats.getLast().at().plus(MEMORY).isBefore(now);
    }

    synchronized ProcessView view() {
        Heartbeat last = beats.getLast();
        return new ProcessView(
                last.host(),
                last.pid(),
                last.parts(),
                last.lanes().stream().mapToInt(Heartbeat.LaneBeat::running).sum(),
                last.startedAt(),
                last.at(),
                Math.round(1000 * rate(Heartbeat::cpuSeconds)) / 10.0,
                last.cpuSeconds(),
                last.rssBytes(),
                last.threads(),
                last.restarts() + deathsSeen,
                last.version());
    }

    synchronized Optional<Heartbeat.LaneBeat> now(LaneName lane) {
        return lane(beats.getLast(), lane);
    }

    /** How fast a count of the lane rises, a second. */
    synchronized double perSecond(LaneName lane, ToLongFunction<Heartbeat.LaneBeat> count) {
        return rate(beat -> (double) lane(beat, lane).map(count::applyAsLong).orElse(0L));
    }

    /** Adds the lane's histograms of the last seconds. */
    synchronized void collect(LaneName lane, Function<Heartbeat.LaneBeat, byte[]> which, Histogram into) {
        for (Heartbeat beat : beats) {
            lane(beat, lane).map(which).map(Heartbeat::histogram).ifPresent(into::add);
        }
    }

    private double rate(Function<Heartbeat, Double> count) {
        List<Heartbeat> last =
                beats.stream().skip(Math.max(0, beats.size() - RATE_OVER - 1)).toList();
        double seconds =
                Duration.between(last.getFirst().at(), last.getLast().at()).toNanos() / 1e9;
        return seconds <= 0 ? 0 : (count.apply(last.getLast()) - count.apply(last.getFirst())) / seconds;
    }

    private static Optional<Heartbeat.LaneBeat> lane(Heartbeat beat, LaneName lane) {
        return beat.lanes().stream()
                .filter(one -> one.lane().equals(lane.toString()))
                .findFirst();
    }
}
