package dev.lanes.race.fault;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what another process is to do, but not for ever. */
final class Patience {
    private static final Duration CHECK = Duration.ofMillis(50);

    private Patience() {}

    /** Whether it came true in time. */
    static boolean await(Duration atMost, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > atMost.toNanos()) {
                return false;
            }
            pause(CHECK);
        }
        return true;
    }

    /** What comes to be there. */
    static <T> T awaitPresent(Duration atMost, Supplier<Optional<T>> sought) {
        long start = System.nanoTime();
        Optional<T> found = sought.get();
        while (found.isEmpty() && System.nanoTime() - start < atMost.toNanos()) {
            pause(CHECK);
            found = sought.get();
        }
        return found.orElseThrow(
                () -> new IllegalStateException("a process is missing for " + atMost.toSeconds() + " s"));
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stop);
        }
    }
}
