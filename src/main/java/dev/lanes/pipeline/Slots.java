package dev.lanes.pipeline;

import dev.lanes.lane.Run;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The places of a lane: what bounds its tasks in flight, and says which they are. */
final class Slots {
    /** No place. */
    static final int NONE = -1;

    private final AtomicReferenceArray<@Nullable Run> runs;
    private final int[] free;
    private final Permits available;

    // Guarded by free; the lowest are on top, so that few are ever looked at.
    private int freeCount;
    private int size;
    private volatile int everTaken;

    private static final class Permits extends Semaphore {
        private static final long serialVersionUID = 1;

        Permits(int permits) {
            super(permits);
        }

        void take(int permits) {
            reducePermits(permits);
        }
    }

    /**
     * @param size how many there are now
     * @param most how many there can ever be
     */
    Slots(int size, int most) {
        runs = new AtomicReferenceArray<>(most);
        free = new int[most];
        for (int slot = 0; slot < most; slot++) {
            free[slot] = most - 1 - slot;
        }
        freeCount = most;
        this.size = size;
        available = new Permits(size);
    }

    /** Makes more or fewer; of those that are taken, too many go when they are released. */
    void resize(int wanted) {
        synchronized (free) {
            if (wanted > size) {
                available.release(wanted - size);
            } else {
                available.take(size - wanted);
            }
            size = wanted;
        }
    }

    /** Takes a place if one is free, or answers {@link #NONE}. */
    int takeIfFree() {
        return available.tryAcquire() ? slot() : NONE;
    }

    /** Takes a place, and waits for one while all are taken. */
    int take() throws InterruptedException {
        available.acquire();
        return slot();
    }

    private int slot() {
        synchronized (free) {
            int slot = free[--freeCount];
            everTaken = Math.max(everTaken, slot + 1);
            return slot;
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
        int all = size();
        if (!available.tryAcquire(all, patience.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        available.release(all);
        return true;
    }

    int taken() {
        return size() - available.availablePermits();
    }

    private int size() {
        synchronized (free) {
            return size;
        }
    }

    boolean anyMatch(Predicate<Run> condition) {
        for (int slot = 0; slot < everTaken; slot++) {
            Run run = runs.get(slot);
            if (run != null && condition.test(run)) {
                return true;
            }
        }
        return false;
    }

    void forEach(Consumer<Run> action) {
        for (int slot = 0; slot < everTaken; slot++) {
            Run run = runs.get(slot);
            if (run != null) {
                action.accept(run);
            }
        }
    }
}
