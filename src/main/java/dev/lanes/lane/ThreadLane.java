package dev.lanes.lane;

import dev.lanes.task.LaneName;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A bounded pool of platform threads. */
public final class ThreadLane implements Lane {
    private static final int AHEAD = 64;

    private final ThreadPoolExecutor pool;
    private final ScheduledExecutorService timer;

    // Both guarded by this.
    private int threads;
    private int lost;

    public ThreadLane(int threads, ScheduledExecutorService timer) {
        this.threads = threads;
        this.pool = new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name("lanes-thread-", 1).daemon().factory());
        this.timer = timer;
    }

    @Override
    public LaneName name() {
        return LaneName.THREAD;
    }

    @Override
    public synchronized int concurrency() {
        return threads;
    }

    @Override
    public int ahead() {
        return AHEAD;
    }

    @Override
    public synchronized void resize(int concurrency) {
        threads = concurrency;
        fit();
    }

    @Override
    public synchronized boolean replaceThreadOf(Run stuck) {
        lost++;
        fit();
        return true;
    }

    private synchronized void found() {
        lost--;
        fit();
    }

    /** Those that are lost come on top. */
    private void fit() {
        int size = threads + lost;
        if (size > pool.getMaximumPoolSize()) {
            pool.setMaximumPoolSize(size);
            pool.setCorePoolSize(size);
        } else {
            pool.setCorePoolSize(size);
            pool.setMaximumPoolSize(size);
        }
    }

    @Override
    public void run(Run run) {
        pool.execute(() -> {
            if (run.runHere(timer) && run.wasLeftBehind()) {
                found();
            }
        });
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
