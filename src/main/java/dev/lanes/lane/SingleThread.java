package dev.lanes.lane;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** A thread that runs one task at a time. */
final class SingleThread {
    private final ExecutorService thread;
    private final ScheduledExecutorService timer;

    SingleThread(String name, ScheduledExecutorService timer) {
        this.thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
        this.timer = timer;
    }

    void run(Run run) {
        thread.execute(() -> run.runHere(timer));
    }

    void close() {
        thread.shutdownNow();
    }
}
