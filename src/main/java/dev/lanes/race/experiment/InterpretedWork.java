package dev.lanes.race.experiment;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What a thread of an interpreter with a lock does: each form repeats its unit while there is time, and counts. */
final class InterpretedWork {
    private static final int STEPS = 2_000;
    private static final int STEPS_OUTSIDE = 200_000;
    private static final long WAIT_NANOS = 5_000_000;

    /** Written, so that nobody optimises the computation away. */
    @SuppressWarnings("UnusedVariable")
    private static volatile long sink;

    private InterpretedWork() {}

    /** Computes in the interpreter: holds the lock, and offers it between the steps. */
    static long computing(InterpreterLock lock, BooleanSupplier time) {
        long units = 0;
        lock.take();
        while (time.getAsBoolean()) {
            compute(STEPS);
            lock.offer();
            units++;
        }
        lock.release();
        return units;
    }

    /** Waits, as for an answer from the network: lets go of the lock round the wait. */
    static long waiting(InterpreterLock lock, BooleanSupplier time) {
        return outside(lock, time, () -> LockSupport.parkNanos(WAIT_NANOS));
    }

    /** Computes in an extension written in C, which lets go of the lock meanwhile, as that of hashlib does. */
    static long released(InterpreterLock lock, BooleanSupplier time) {
        return outside(lock, time, () -> compute(STEPS_OUTSIDE));
    }

    private static long outside(InterpreterLock lock, BooleanSupplier time, Runnable work) {
        long units = 0;
        lock.take();
        while (time.getAsBoolean()) {
            lock.release();
            work.run();
            lock.take();
            units++;
        }
        lock.release();
        return units;
    }

    private static void compute(int steps) {
        long value = steps;
        for (int step = 0; step < steps; step++) {
            value ^= value << 13;
            value ^= value >>> 7;
            value ^= value << 17;
        }
        sink = value;
    }
}
