package dev.lanes.pipeline;

import dev.lanes.handler.RegisteredHandler;
import dev.lanes.lane.Ending;
import dev.lanes.lane.Lane;
import dev.lanes.lane.Run;
import dev.lanes.task.Outcome;
import dev.lanes.task.Task;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Tasks that a lane gets from memory: admitted as a {@link Launch} does, and counted once they have left it. */
final class InMemoryRun implements Runnable {
    private final Lane lane;
    private final RegisteredHandler handler;
    private final List<Task> tasks;
    private final Duration timeout;
    private final InstantSource clock = InstantSource.system();
    private final Slots slots;
    private final AtomicInteger left = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile @Nullable String fault;
    private volatile long beganAt;
    private volatile long endedAt;

    /**
     * @param timeout how long a handler is told that it may run
     */
    InMemoryRun(Lane lane, RegisteredHandler handler, List<Task> tasks, Duration timeout) {
        this.lane = lane;
        this.handler = handler;
        this.tasks = tasks;
        this.timeout = timeout;
        this.slots = new Slots(lane.concurrency(), lane.concurrency(), lane.ahead());
    }

    /** Returns when the last of them has been given to the lane. */
    @Override
    public void run() {
        beganAt = System.nanoTime();
        try {
            for (Task task : tasks) {
                lane.run(new Run(task, handler, timeout, clock, new Stay(slots.take())));
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until all have left the lane; false when that takes longer. */
    boolean awaitEnd(Duration patience) throws InterruptedException {
        return over.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    InMemory.Progress progress() {
        boolean all = over.getCount() == 0;
        return new InMemory.Progress(left.get(), all, all ? endedAt - beganAt : 0, fault);
    }

    /** A task's stay in its lane. */
    private final class Stay implements Run.Listener {
        private final int slot;

        Stay(int slot) {
            this.slot = slot;
        }

        @Override
        public void ended(Run run, Ending ending) {
            if (ending.outcome() != Outcome.SUCCEEDED) {
                fault = "a task ended as " + ending.outcome() + ": " + ending.error();
            }
        }

        @Override
        public void left(Run run) {
            slots.release(slot);
            if (left.incrementAndGet() == tasks.size()) {
                endedAt = System.nanoTime();
                over.countDown();
            }
        }
    }
}
