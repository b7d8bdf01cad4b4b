package dev.lanes.pipeline;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What two members of a share group have in common that feed one thread: while the tasks of one run, the other fetches
 * the next ones, lest the thread wait for Kafka between two polls. The second only does so where there are many quick
 * tasks: others would wait here while another process is idle.
 */
final class Relay {
    /** For so long the second goes on after Kafka has last given as many tasks as were asked for. */
    private static final Duration MANY_LATELY = Duration.ofMinutes(1);

    private final Semaphore baton = new Semaphore(1);
    private volatile @Nullable Long fullAt;

    /** Waits for the right to begin tasks; false when that takes longer. */
    boolean takeBaton(Duration patience) throws InterruptedException {
        return baton.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits for it as long as it takes: whoever has it gives tasks back that do not soon end. */
    void takeBaton() throws InterruptedException {
        baton.acquire();
    }

    /** The other may begin tasks. */
    void passBaton() {
        baton.release();
    }

    /** The first member has got as many tasks as a poll can give. */
    void full() {
        fullAt = System.nanoTime();
    }

    /** The first member takes fewer tasks a poll. */
    void over() {
        fullAt = null;
    }

    /** Whether the queue has held many quick tasks of late. */
    boolean isWanted() {
        Long at = fullAt;
        return at != null && System.nanoTime() - at < MANY_LATELY.toNanos();
    }
}
