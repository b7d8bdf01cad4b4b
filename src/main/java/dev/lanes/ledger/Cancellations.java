package dev.lanes.ledger;

import dev.lanes.pipeline.CancelRequests;
import dev.lanes.pipeline.Control;
import dev.lanes.pipeline.Follower;
import dev.lanes.pipeline.PipelineConfig;
import dev.lanes.task.TaskId;
import dev.lanes.task.TaskState;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Takes back the wish to cancel a task once the task has ended, so that {@code lanes.control} stays short. */
@Singleton
final class Cancellations {
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    /**
     * For so long a wish stands at least, where the task has not ended by itself: what was cancelled comes again if its
     * process dies before it is acknowledged, and a task may be published after the wish has been read.
     */
    private static final Duration AT_LEAST = Duration.ofMinutes(1);

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
                    Follower.lasting("the look at what has been cancelled", this::sweep),
                    INTERVAL.toMillis(),
                    INTERVAL.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    private void sweep() {
        if (!ledger.restored()) {
            return;
        }
        Instant before = Instant.now().minus(AT_LEAST);
        Set<TaskId> unknown = new HashSet<>();
        for (TaskId id : requests.all()) {
            boolean isOld = requests.requestedAt(id).filter(before::isAfter).isPresent();
            Optional<TaskState> state = ledger.find(id).map(TaskView::state);
            if (state.filter(known -> isOver(known, isOld)).isPresent()) {
                control.forget(id);
            } else if (state.isEmpty() && isOld) {
                unknown.add(id);
            }
        }
        if (!unknown.isEmpty()) {
            forgetGone(unknown);
        }
    }

    private static boolean isOver(TaskState state, boolean isOld) {
        return state.finished() && (state != TaskState.CANCELLED || isOld);
    }

    /** Those that the ledger does not hold although it has read all that Kafka has ended long ago. */
    private void forgetGone(Set<TaskId> unknown) {
        var unused = ledger.caughtUpWithNow()
                .thenRun(() -> unknown.stream()
                        .filter(id -> ledger.find(id).isEmpty() && ledger.restored())
                        .forEach(control::forget));
    }

    void stop(@Observes ShutdownEvent event) {
        thread.shutdownNow();
    }
}
