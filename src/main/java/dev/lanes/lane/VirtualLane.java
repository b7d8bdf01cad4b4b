package dev.lanes.lane;

import dev.lanes.task.LaneName;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** One virtual thread per task. */
public final class VirtualLane implements Lane {
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("lanes-virtual-", 1).factory());
    private final ScheduledExecutorService timer;
    private volatile int concurrency;

    public VirtualLane(int concurrency, ScheduledExecutorService timer) {
        this.concurrency = concurrency;
        this.timer = timer;
    }

    @Override
    public LaneName name() {
        return LaneName.VIRTUAL;
    }

    @Override
    public int concurrency() {
        return concurrency;
    }

    @Override
    public void resize(int concurrency) {
        this.concurrency = concurrency;
    }

    /** One that waits costs nothing but memory; one that computes keeps a thread that all of them run on. */
    @Override
    public boolean replaceThreadOf(Run stuck) {
        return !stuck.computes();
    }

    @Override
    public void run(Run run) {
        threads.execute(() -> run.runHere(timer));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
