package dev.lanes.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that tasks of one key run one after the other, in the order in which they came. Those that wait for their
 * key hold no place in the lane. All of a key lie in one partition, and so come to one process.
 */
final class KeyOrder {
    /** So many kilobytes of records may wait for their keys; then the lane takes no more until some have run. */
    private static final int MOST_WAITING_KB = 64 * 1024;

    private static final int KB = 1024;

    /** The keys that are held, each with those that wait for it; guarded by this. */
    private final Map<String, Deque<Admitted>> waiting = new HashMap<>();

    private final Semaphore room = new Semaphore(MOST_WAITING_KB);

    /**
     * Takes the key of a task for it.
     *
     * @return false when another holds it: then the task waits, until {@link #next} gives it
     */
    boolean take(Admitted admitted) throws InterruptedException {
        if (hold(admitted)) {
            return true;
        }
        room.acquire(kilobytes(admitted));
        if (!holdOrWait(admitted)) {
            return false;
        }
        room.release(kilobytes(admitted));
        return true;
    }

    private synchronized boolean hold(Admitted admitted) {
        return waiting.putIfAbsent(key(admitted), new ArrayDeque<>()) == null;
    }

    private synchronized boolean holdOrWait(Admitted admitted) {
        Deque<Admitted> others = waiting.get(key(admitted));
        if (others != null) {
            others.add(admitted);
            return false;
        }
        return hold(admitted);
    }

    /** Passes a task's key on to the one that has waited longest; null when none has, and the key is free. */
    synchronized @Nullable Admitted next(Admitted before) {
        Deque<Admitted> others = Objects.requireNonNull(waiting.get(key(before)), "held");
        Admitted next = others.poll();
        if (next == null) {
            waiting.remove(key(before));
        } else {
            room.release(kilobytes(next));
        }
        return next;
    }

    private static String key(Admitted admitted) {
        return Objects.requireNonNull(admitted.task().orderedBy());
    }

    private static int kilobytes(Admitted admitted) {
        return 1 + Math.max(0, admitted.record().serializedValueSize()) / KB;
    }
}
