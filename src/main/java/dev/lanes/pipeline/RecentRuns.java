package dev.lanes.pipeline;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/** How long a lane's last runs took. */
final class RecentRuns {
    private static final int REMEMBERED = 64;

    private final AtomicLongArray nanos = new AtomicLongArray(REMEMBERED);
    private final AtomicInteger count = new AtomicInteger();

    void add(Duration run) {
        nanos.set(Math.floorMod(count.getAndIncrement(), REMEMBERED), run.toNanos());
    }

    /** The time in which three of four of the last ended; empty as long as there are few. */
    Optional<Duration> usual() {
        return usual(REMEMBERED);
    }

    /** The same of the last few, which tells sooner that tasks have become slow. */
    Optional<Duration> usualOfLate() {
        return usual(REMEMBERED / 8);
    }

    private Optional<Duration> usual(int runs) {
        int ended = count.get();
        if (ended >= 0 && ended < REMEMBERED) {
            return Optional.empty();
        }
        long[] last = new long[runs];
        Arrays.setAll(last, run -> nanos.get(Math.floorMod(ended - 1 - run, REMEMBERED)));
        Arrays.sort(last);
        return Optional.of(Duration.ofNanos(last[runs * 3 / 4]));
    }
}
