package dev.lanes.pipeline;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Records that are acknowledged together, once the outcome of each is in Kafka. */
final class Batch {
    private final AtomicInteger unsettled;
    private final Semaphore span;
    private final Runnable acknowledge;

    /**
     * @param span of which each record holds a permit until it is settled
     */
    Batch(int size, Semaphore span, Runnable acknowledge) {
        this.unsettled = new AtomicInteger(size);
        this.span = span;
        this.acknowledge = acknowledge;
    }

    /** One record's outcome is in Kafka. */
    void settleOne() {
        span.release();
        if (unsettled.decrementAndGet() == 0) {
            acknowledge.run();
        }
    }
}
