package dev.lanes.race.experiment;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts what threads add to it, each in its way; only some count right. */
interface Counter {
    /** Adds one. The JVM must not inline it, or it would make one addition out of many. */
    void add();

    long sum();

    /** No synchronisation at all. */
    final class Plain implements Counter {
        private long count;

        @Override
        public void add() {
            count++;
        }

        @Override
        public long sum() {
            return count;
        }
    }

    /** Others see each write at once, and it is still a read and a write. */
    final class Volatile implements Counter {
        private volatile long count;

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // That is what is shown.
        public void add() {
            count++;
        }

        @Override
        public long sum() {
            return count;
        }
    }

    /** One thread at a time. */
    final class Synchronized implements Counter {
        private long count;

        @Override
        public synchronized void add() {
            count++;
        }

        @Override
        public synchronized long sum() {
            return count;
        }
    }

    /** Read and write are one instruction of the processor. */
    final class Atomic implements Counter {
        private final AtomicLong count = new AtomicLong();

        @Override
        public void add() {
            count.incrementAndGet();
        }

        @Override
        public long sum() {
            return count.get();
        }
    }

    /** As the atomic one, with a cell for each thread that gets in the way of another. */
    final class Adder implements Counter {
        private final LongAdder count = new LongAdder();

        @Override
        public void add() {
            count.increment();
        }

        @Override
        public long sum() {
            return count.sum();
        }
    }
}
