package dev.lanes.ledger;

import dev.lanes.pipeline.CancelRequests;
import dev.lanes.pipeline.Control;
import dev.lanes.pipeline.PipelineConfig;
import dev.lanes.task.TaskId;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Takes back the wish to cancel a task once the task has ended, so that {@code lanes.control} stays short. */
@Singleton
final class Cancellations {
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final Ledger ledger;
    private final CancelRequests requests;
    private final Control control;
    private final PipelineConfig config;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("lanes-cancellations").daemon().factory());

    Cancellations(Ledger ledger, CancelRequests requests, Control control, PipelineConfig config) {
        this.ledger = ledger;
        this.requests = requests;
        this.control = control;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        if (config.servesApi()) {
            var unused = thread.scheduleWithFixedDelay(
                    this::sweep, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void sweep() {
        if (ledger.restored()) {
            requests.all().stream().filter(this::hasEnded).forEach(control::forget);
        }
    }

    /** One that the ledger no longer holds has ended long ago. */
    private boolean hasEnded(TaskId id) {
        return ledger.find(id).map(task -> task.state().finished()).orElse(true);
    }

    void stop(@Observes ShutdownEvent event) {
        thread.shutdownNow();
    }
}
