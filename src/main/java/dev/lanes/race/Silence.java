package dev.lanes.race;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Tells slow from lost: however long a round takes, it is given up only when no task of it has ended for a long time.
 */
final class Silence {
    private final Duration longest;
    private final LongSupplier nanoTime;
    private int done;
    private long since;

    Silence(Duration longest, LongSupplier nanoTime) {
        this.longest = longest;
        this.nanoTime = nanoTime;
        this.since = nanoTime.getAsLong();
    }

    /** Whether it has lasted too long, now that so many have ended. */
    boolean tooLong(int doneNow) {
        long now = nanoTime.getAsLong();
        if (doneNow > done) {
            done = doneNow;
            since = now;
        }
        return now - since > longest.toNanos();
    }
}
