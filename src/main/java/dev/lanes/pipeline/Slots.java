package dev.lanes.pipeline;

import dev.lanes.lane.Run;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The places of a lane: what bounds its tasks in flight, and says which they are. */
final class Slots {
    /** No place. */
    static final int NONE = -1;

    /**
     * Whoever finds a lane full waits until some places are free, not for each alone: to wake a thread takes longer than
     * many a task. But it does not wait for long, as tasks need not be quick.
     */
    private static final long PATIENCE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private static final int MOST_AT_ONCE = 64;

    private final AtomicReferenceArray<@Nullable Run> runs;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();

    // Guarded by lock; the lowest are on top, so that few are ever looked at.
    private final int[] free;
    private int freeCount;
    private int size;
    private final int ahead;
    private int waiting;
    /** How many have to be free before those who wait are told. */
    private int wanted = 1;

    private volatile int everTaken;

    /**
     * @param size how many there are now
     * @param most how many there can ever be
     * @param ahead how many more there always are for tasks that wait for a thread of the lane
     */
    Slots(int size, int most, int ahead) {
        int all = most + ahead;
        runs = new AtomicReferenceArray<>(all);
        free = new int[all];
        for (int slot = 0; slot < all; slot++) {
            free[slot] = all - 1 - slot;
        }
        freeCount = all;
        this.size = size;
        this.ahead = ahead;
    }

    /** Makes more or fewer; of those that are taken, too many go when they are released. */
    void resize(int wantedSize) {
        lock.lock();
        try {
            size = wantedSize;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes a place, and waits for one while all are taken. */
    int take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (left() <= 0) {
                awaitSome();
            }
            return slot();
        } finally {
            lock.unlock();
        }
    }

    /** Takes a place if one is free, or answers {@link #NONE}. */
    int takeIfFree() {
        lock.lock();
        try {
            return left() > 0 ? slot() : NONE;
        } finally {
            lock.unlock();
        }
    }

    private int slot() {
        int slot = free[--freeCount];
        everTaken = Math.max(everTaken, slot + 1);
        if (waiting > 0 && left() > 0) {
            room.signal();
        }
        return slot;
    }

    private void awaitSome() throws InterruptedException {
        int some = Math.clamp((size + ahead) / 4, 1, MOST_AT_ONCE);
        waiting++;
        wanted = some;
        try {
            long nanos = PATIENCE_NANOS;
            while (left() < some && nanos > 0) {
                nanos = room.awaitNanos(nanos);
            }
            wanted = 1;
            while (left() <= 0) {
                room.await();
            }
        } finally {
            waiting--;
        }
    }

    void put(int slot, Run run) {
        runs.set(slot, run);
    }

    void release(int slot) {
        runs.set(slot, null);
        lock.lock();
        try {
            free[freeCount++] = slot;
            if (waiting > 0 && left() >= wanted) {
                room.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until so many places are free; false when that takes longer. */
    boolean awaitRoom(int places, Duration patience) throws InterruptedException {
        return await(() -> left() >= places, patience);
    }

    /** Waits until no place is taken; false when that takes longer. */
    boolean awaitEmpty(Duration patience) throws InterruptedException {
        return await(() -> takenNow() == 0, patience);
    }

    private boolean await(BooleanSupplier condition, Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        waiting++;
        try {
            long nanos = patience.toNanos();
            while (!condition.getAsBoolean()) {
                if (nanos <= 0) {
                    return false;
                }
                wanted = 1;
                nanos = room.awaitNanos(nanos);
            }
            return true;
        } finally {
            waiting--;
            lock.unlock();
        }
    }

    /** How many tasks are in flight; those ahead are not. */
    int inFlight() {
        lock.lock();
        try {
            return Math.min(takenNow(), size);
        } finally {
            lock.unlock();
        }
    }

    private int takenNow() {
        return free.length - freeCount;
    }

    private int left() {
        return size + ahead - takenNow();
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
