package dev.lanes.race.fault;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The time to recover: from when the harm has been done until the totals, as REST tells them, grow again. What ended
 * before the harm does not count, though REST may tell of it later: growth is counted from a first look that follows
 * the harm by {@link #SETTLE}, and after a restart from when the ledger has been read again.
 */
final class Recovery {
    /** The ledger follows Kafka a fifth of a second behind, at most. */
    private static final Duration SETTLE = Duration.ofMillis(300);

    private final FrontDoor front;
    private final long struck = System.nanoTime();
    private @Nullable Duration time;
    private volatile boolean givenUp;

    private final Thread thread =
            Thread.ofPlatform().name("lanes-recovery").daemon().unstarted(this::watch);

    private Recovery(FrontDoor front) {
        this.front = front;
    }

    /** To be called when the harm has just been done. */
    static Recovery watch(FrontDoor front) {
        Recovery recovery = new Recovery(front);
        recovery.thread.start();
        return recovery;
    }

    private void watch() {
        Patience.pause(SETTLE);
        long base = -1;
        while (!givenUp) {
            Optional<Totals> totals = front.totals();
            if (totals.isPresent()) {
                long finished = totals.get().finished();
                if (base >= 0 && finished > base) {
                    time = Duration.ofNanos(System.nanoTime() - struck);
                    return;
                }
                base = base < 0 ? finished : base;
            }
            Patience.pause(Duration.ofMillis(50));
        }
    }

    /** How long it took; empty when it never came. To be called once no more is to come. */
    Optional<Duration> end() {
        givenUp = true;
        try {
            thread.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        return Optional.ofNullable(time);
    }
}
