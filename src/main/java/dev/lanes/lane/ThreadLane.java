package dev.lanes.lane;

import dev.lanes.task.LaneName;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** A bounded pool of platform threads. */
public final class ThreadLane implements Lane {
    private final int threads;
    private final ExecutorService pool;
    private final ScheduledExecutorService timer;

    public ThreadLane(int threads, ScheduledExecutorService timer) {
        this.threads = threads;
        this.pool = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("lanes-thread-", 1).daemon().factory());
        this.timer = timer;
    }

    @Override
    public LaneName name() {
        return LaneName.THREAD;
    }

    @Override
    public int concurrency() {
        return threads;
    }

    @Override
    public void run(Run run) {
        pool.execute(() -> run.runHere(timer));
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
