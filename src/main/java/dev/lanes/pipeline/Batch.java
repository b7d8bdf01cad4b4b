package dev.lanes.pipeline;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Records that are acknowledged together, once the outcome of each is in Kafka. */
final class Batch {
    private final AtomicInteger unsettled;
    private final AtomicInteger underWay = new AtomicInteger();
    private final Semaphore span;
    private final Runnable acknowledge;

    private volatile boolean givenUp;

    /**
     * @param span of which each record holds a permit from its begin until it is settled or left
     * @param acknowledge runs once when the last record has been settled
     */
    Batch(int size, Semaphore span, Runnable acknowledge) {
        this.unsettled = new AtomicInteger(size);
        this.span = span;
        this.acknowledge = acknowledge;
    }

    /** Begins one record, as soon as there is room for it; false when the batch has been given up. */
    boolean beginOne() throws InterruptedException {
        span.acquire();
        underWay.incrementAndGet();
        if (givenUp) {
            leaveOne();
            return false;
        }
        return true;
    }

    /** One record's outcome is in Kafka. */
    void settleOne() {
        underWay.decrementAndGet();
        span.release();
        if (unsettled.decrementAndGet() == 0) {
            acknowledge.run();
        }
    }

    /** One record that had been begun is left to whoever gets it next. */
    void leaveOne() {
        underWay.decrementAndGet();
        span.release();
    }

    /** Leaves what does not run yet to whoever gets it next. */
    void giveUp() {
        givenUp = true;
    }

    boolean isGivenUp() {
        return givenUp;
    }

    /** Whether some have been begun, and neither settled nor left. */
    boolean isUnderWay() {
        return underWay.get() > 0;
    }

    /** Whether the outcome of each is in Kafka. */
    boolean isDone() {
        return unsettled.get() == 0;
    }
}
