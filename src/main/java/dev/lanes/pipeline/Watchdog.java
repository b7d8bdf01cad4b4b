package dev.lanes.pipeline;

import dev.lanes.lane.Run;
import dev.lanes.task.Attempt;
import dev.lanes.task.Task;
import dev.lanes.task.TaskState;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Looks at the tasks in flight from a thread of its own: stops those whose time is up or that are to be cancelled,
 * leaves behind those that do not stop, and says of those that take longer that they are running. Quick tasks cost it
 * nothing but the look.
 */
final class Watchdog implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Watchdog.class);
    private static final Duration INTERVAL = Duration.ofMillis(100);
    /** A task that runs longer is worth a record that says so. */
    static final Duration WORTH_SAYING = Duration.ofMillis(250);

    private static final String PROCESS_ENDS = ", and its process ends if it goes on";

    private final List<Dispatcher> dispatchers;
    private final Outcomes outcomes;
    private final CancelRequests cancels;
    private final String otherwise;
    private final Set<Run> said = Collections.newSetFromMap(new WeakHashMap<>());
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("lanes-watchdog").daemon().factory());

    private Watchdog(
            List<Dispatcher> dispatchers, Outcomes outcomes, CancelRequests cancels, boolean processEndsWithTask) {
        this.cancels = cancels;
        this.dispatchers = dispatchers;
        this.outcomes = outcomes;
        this.otherwise = processEndsWithTask ? PROCESS_ENDS : "";
    }

    /**
     * @param processEndsWithTask whether this process ends with a task that does not stop
     */
    static Watchdog start(
            List<Dispatcher> dispatchers, Outcomes outcomes, CancelRequests cancels, boolean processEndsWithTask) {
        Watchdog watchdog = new Watchdog(List.copyOf(dispatchers), outcomes, cancels, processEndsWithTask);
        var unused = watchdog.thread.scheduleWithFixedDelay(
                watchdog::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return watchdog;
    }

    private void look() {
        for (Dispatcher dispatcher : dispatchers) {
            LeftBehind leftBehind = dispatcher.leftBehind();
            dispatcher.slots().forEach(run -> {
                try {
                    look(run, leftBehind);
                } catch (Throwable e) {
                    failed(e);
                }
            });
            try {
                leftBehind.lookAtLoop();
                dispatcher.cancelHeld();
            } catch (Throwable e) {
                failed(e);
            }
        }
    }

    /** Whatever goes wrong with one must not end the looks: no task of this process would have a time limit then. */
    private static void failed(Throwable e) {
        LOG.error("a look at the tasks in flight failed; the next follows", e);
    }

    private void look(Run run, LeftBehind leftBehind) {
        Duration elapsed = run.elapsed();
        if (run.cancelled()) {
            leftBehind.look(run);
        } else if (elapsed.compareTo(run.limit()) > 0) {
            run.timeOut(otherwise);
        } else if (cancels.requestedAt(run.task().id()).isPresent()) {
            run.cancel(otherwise);
        } else if (elapsed.compareTo(WORTH_SAYING) > 0 && said.add(run)) {
            outcomes.publish(running(run), () -> {});
        }
    }

    private static OutcomeRecord running(Run run) {
        Task task = run.task();
        Attempt attempt = new Attempt(task.attempt(), task.lane(), run.place(), run.startedAt(), null, null, null);
        return new OutcomeRecord(
                task.id(), task.generation(), task.type(), TaskState.RUNNING, task.submittedAt(), attempt, null);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
