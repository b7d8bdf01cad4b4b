package dev.lanes.race;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** What is measured on: races, experiments, costs and the demo have it one at a time, in the order in which they came. */
@Singleton
public final class Machine {
    /** What somebody is told who waits for it. */
    public static final String WAITING = "for the races, experiments, costs and demos before it";

    private final ExecutorService turns = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("lanes-measure").daemon().factory());

    /** Runs this once those before have ended. */
    public Future<?> whenFree(Runnable measurement) {
        return turns.submit(measurement);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        turns.shutdownNow();
        turns.awaitTermination(2, TimeUnit.SECONDS);
    }
}
