package dev.lanes.race.experiment;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A model of CPython's global interpreter lock: who computes must hold it, and lets go of it to wait. A thread that has
 * waited for it for an interval in which it did not change hands asks for it; the holder, which looks between two steps
 * of its program, then hands it over, and goes on only after another has had it.
 *
 * @see <a href="https://github.com/python/cpython/blob/3.13/Python/ceval_gil.c">ceval_gil.c: take_gil, drop_gil,
 *     gil_drop_request</a>
 * @see <a href="https://docs.python.org/3/library/sys.html#sys.setswitchinterval">sys.setswitchinterval</a>
 */
final class InterpreterLock {
    /** CPython's default. */
    static final Duration SWITCH_INTERVAL = Duration.ofMillis(5);

    private final long intervalNanos;
    private final ReentrantLock mutex = new ReentrantLock();
    private final Condition free = mutex.newCondition();
    private final Condition taken = mutex.newCondition();
    private volatile boolean asked;
    /** These three are guarded by the mutex. */
    private @Nullable Thread holder;

    private @Nullable Thread lastHolder;
    private long switches;

    InterpreterLock(Duration switchInterval) {
        intervalNanos = switchInterval.toNanos();
    }

    /** Waits until the calling thread has it. */
    void take() {
        mutex.lock();
        try {
            while (holder != null) {
                awaitOrAsk();
            }
            holder = Thread.currentThread();
            if (lastHolder != holder) {
                lastHolder = holder;
                switches++;
            }
            asked = false;
            taken.signalAll();
        } finally {
            mutex.unlock();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // The loop is its caller's.
    private void awaitOrAsk() {
        long switchesBefore = switches;
        try {
            boolean timedOut = free.awaitNanos(intervalNanos) <= 0;
            if (timedOut && holder != null && switches == switchesBefore) {
                asked = true;
            }
        } catch (InterruptedException notNow) {
            throw new IllegalStateException("interrupted", notNow);
        }
    }

    /** Gives it up, as a thread does that begins to wait, or that leaves the interpreter for a time. */
    void release() {
        mutex.lock();
        try {
            letGo();
        } finally {
            mutex.unlock();
        }
    }

    /** Hands it over if somebody has asked for it: what a thread that computes calls again and again. */
    void offer() {
        if (!asked) {
            return;
        }
        mutex.lock();
        try {
            letGo();
            while (asked && lastHolder == Thread.currentThread()) {
                taken.awaitUninterruptibly();
            }
        } finally {
            mutex.unlock();
        }
        take();
    }

    private void letGo() {
        if (holder != Thread.currentThread()) {
            throw new IllegalMonitorStateException("not the holder");
        }
        holder = null;
        free.signal();
    }

    /** How often it went to another thread than the one that had it before. */
    long switches() {
        mutex.lock();
        try {
            return switches;
        } finally {
            mutex.unlock();
        }
    }
}
