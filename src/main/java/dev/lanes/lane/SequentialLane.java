package dev.lanes.lane;

import dev.lanes.task.LaneName;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** One thread, one task at a time: the baseline of every comparison. */
public final class SequentialLane implements Lane {
    private final ExecutorService thread;
    private final ScheduledExecutorService timer;

    public SequentialLane(ScheduledExecutorService timer) {
        this("lanes-sequential", timer);
    }

    SequentialLane(String threadName, ScheduledExecutorService timer) {
        this.thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name(threadName).daemon().factory());
        this.timer = timer;
    }

    @Override
    public LaneName name() {
        return LaneName.SEQUENTIAL;
    }

    @Override
    public int concurrency() {
        return 1;
    }

    @Override
    public void run(Run run) {
        thread.execute(() -> run.runHere(timer));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
