package dev.lanes.pipeline;

import dev.lanes.lane.Run;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The places of a lane: what bounds its tasks in flight, and says which they are. */
final class Slots {
    private final AtomicReferenceArray<@Nullable Run> runs;
    private final int[] free;
    private final Semaphore available;

    // Guarded by free.
    private int freeCount;

    Slots(int size) {
        runs = new AtomicReferenceArray<>(size);
        free = new int[size];
        for (int slot = 0; slot < size; slot++) {
            free[slot] = slot;
        }
        freeCount = size;
        available = new Semaphore(size);
    }

    /** Takes a place, and waits for one while all are taken. */
    int take() throws InterruptedException {
        available.acquire();
        synchronized (free) {
            return free[--freeCount];
        }
    }

    void put(int slot, Run run) {
        runs.set(slot, run);
    }

    void release(int slot) {
        runs.set(slot, null);
        synchronized (free) {
            free[freeCount++] = slot;
        }
        available.release();
    }

    /** Waits until a place is free; false when that takes longer. */
    boolean awaitOne(Duration patience) throws InterruptedException {
        if (!available.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        available.release();
        return true;
    }

    /** Waits until no place is taken; false when that takes longer. */
    boolean awaitEmpty(Duration patience) throws InterruptedException {
        if (!available.tryAcquire(runs.length(), patience.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        available.release(runs.length());
        return true;
    }

    int taken() {
        return runs.length() - available.availablePermits();
    }

    void forEach(Consumer<Run> action) {
        for (int slot = 0; slot < runs.length(); slot++) {
            Run run = runs.get(slot);
            if (run != null) {
                action.accept(run);
            }
        }
    }
}
