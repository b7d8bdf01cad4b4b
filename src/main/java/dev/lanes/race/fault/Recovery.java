package dev.lanes.race.fault;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The time to recover: from when the harm has been done until the totals, as REST tells them, grow again. What ended
 * before the harm does not count, though REST may tell of it later: growth is counted from a first look that follows
 * the harm by {@link #SETTLE}, and after a restart from when the ledger has been read again. So that is the least that
 * can be measured; and where the first look finds that all tasks have ended, its time is taken.
 */
final class Recovery implements AutoCloseable {
    /** The ledger follows Kafka a fifth of a second behind, at most. */
    private static final Duration SETTLE = Duration.ofMillis(300);

    private static final Duration LOOK = Duration.ofMillis(50);

    private final FrontDoor front;
    private final long all;
    private final long struck = System.nanoTime();
    private final Thread thread =
            Thread.ofPlatform().name("lanes-recovery").daemon().unstarted(this::watch);
    private volatile @Nullable Duration time;
    private volatile boolean closed;

    private Recovery(FrontDoor front, long all) {
        this.front = front;
        this.all = all;
    }

    /**
     * To be called when the harm has just been done.
     *
     * @param all the total of finished tasks once none is left
     */
    static Recovery watch(FrontDoor front, long all) {
        Recovery recovery = new Recovery(front, all);
        recovery.thread.start();
        return recovery;
    }

    private void watch() {
        Patience.pause(SETTLE);
        long base = Long.MAX_VALUE;
        while (!closed && time == null) {
            Optional<Totals> totals = front.totals();
            if (totals.isPresent()) {
                long finished = totals.get().finished();
                if (finished > base || finished >= all) {
                    time = Duration.ofNanos(System.nanoTime() - struck);
                }
                base = Math.min(base, finished);
            }
            Patience.pause(LOOK);
        }
    }

    /** Waits for it. */
    void await(Duration atMost) {
        Patience.await(atMost, () -> time != null);
    }

    /** How long it took; empty when it has not come. */
    Optional<Duration> time() {
        return Optional.ofNullable(time);
    }

    @Override
    public void close() {
        closed = true;
    }
}
