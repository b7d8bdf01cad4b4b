package dev.lanes.ledger;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Some of the tasks that end, for people to look at: at most so many a second. */
final class EndSamples {
    private static final long NANOS_BETWEEN = TimeUnit.SECONDS.toNanos(1) / 20;
    private static final long BURST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final List<Consumer<TaskView>> listeners = new CopyOnWriteArrayList<>();

    // For the ledger's thread alone: the time up to which samples have been given out.
    private long spentUntil = System.nanoTime();

    void add(Consumer<TaskView> listener) {
        listeners.add(listener);
    }

    /** Whether the next task that ends is wanted; takes its place when it is. */
    boolean wanted() {
        long now = System.nanoTime();
        long next = Math.max(spentUntil, now - BURST_NANOS) + NANOS_BETWEEN;
        if (listeners.isEmpty() || next > now) {
            return false;
        }
        spentUntil = next;
        return true;
    }

    void offer(TaskView task) {
        listeners.forEach(listener -> listener.accept(task));
    }
}
