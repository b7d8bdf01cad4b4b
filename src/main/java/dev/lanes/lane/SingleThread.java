package dev.lanes.lane;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** A thread that runs one task at a time. */
final class SingleThread {
    private final String name;
    private final ScheduledExecutorService timer;
    private volatile ExecutorService thread;

    SingleThread(String name, ScheduledExecutorService timer) {
        this.name = name;
        this.timer = timer;
        this.thread = start();
    }

    private ExecutorService start() {
        return Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
    }

    void run(Run run) {
        thread.execute(() -> run.runHere(timer));
    }

    /** Goes on with another thread; the one before ends when it has nothing more to do. */
    void replace() {
        ExecutorService before = thread;
        thread = start();
        before.shutdown();
    }

    void close() {
        thread.shutdownNow();
    }
}
