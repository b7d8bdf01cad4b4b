package dev.lanes.pipeline;

import dev.lanes.lane.Ending;
import dev.lanes.lane.Run;
import dev.lanes.task.Attempt;
import dev.lanes.task.Outcome;
import dev.lanes.task.Task;
import dev.lanes.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What follows the run of one record: its outcome is published, then its batch and its lane hear of it. */
final class InFlight implements Run.Listener {
    private static final String ORDER_GIVEN_UP =
            " (others of its key go first: the next attempt is too far away to hold them up)";
    /** For so long a key is held for the next attempt of one of its tasks. */
    private static final Duration LONGEST_HOLD = Duration.ofSeconds(30);

    /** A task's stay in its lane. */
    interface Stay {
        /** Whether it shall begin, now that a thread is free for it. */
        boolean mayBegin() throws InterruptedException;

        /**
         * It has left.
         *
         * @param next the attempt for which the task's key stays held; null when there is none
         */
        void left(@Nullable Task next);
    }

    private final Admitted admitted;
    private final Stay stay;
    private final Outcomes outcomes;
    private final Retries retries;
    private final LaneMeter meter;

    private volatile @Nullable Task heldFor;

    InFlight(Admitted admitted, Stay stay, Outcomes outcomes, Retries retries, LaneMeter meter) {
        this.admitted = admitted;
        this.stay = stay;
        this.outcomes = outcomes;
        this.retries = retries;
        this.meter = meter;
    }

    @Override
    public boolean mayBegin() throws InterruptedException {
        return stay.mayBegin();
    }

    @Override
    public void ended(Run run, Ending ending) {
        Task task = run.task();
        Outcome outcome = ending.outcome();
        Optional<Task> next = ending.retryable() ? retries.next(task, run.finishedAt()) : Optional.empty();
        boolean holds = next.filter(retry -> holdsKeyUntil(retry, run)).isPresent();
        Attempt attempt = new Attempt(
                task.attempt(),
                task.lane(),
                run.place(),
                run.startedAt(),
                run.finishedAt(),
                outcome,
                next.isPresent() && !holds && task.orderedBy() != null
                        ? ending.error() + ORDER_GIVEN_UP
                        : ending.error());
        OutcomeRecord said = new OutcomeRecord(
                task.id(),
                task.generation(),
                task.type(),
                next.isPresent() ? TaskState.RETRYING : outcome.state(),
                task.submittedAt(),
                attempt,
                ending.result());
        meter.ended(
                task.type(),
                outcome,
                Duration.between(task.readyAt(), run.startedAt()),
                Duration.between(run.startedAt(), run.finishedAt()));
        if (holds) {
            // Its record stays unacknowledged, and keeps it alive.
            heldFor = next.get();
            outcomes.publish(said, () -> admitted.goesOnWith(next.get()));
        } else if (next.isPresent()) {
            outcomes.publish(next.get(), said, admitted::settle);
        } else if (outcome.state() == TaskState.DEAD) {
            outcomes.publish(DeadLetter.of(said, admitted.record()), said, admitted::settle);
        } else {
            outcomes.publish(said, admitted::settle);
        }
    }

    @Override
    public void left(Run run) {
        stay.left(heldFor);
    }

    private static boolean holdsKeyUntil(Task next, Run run) {
        Instant due = next.readyAt();
        return next.orderedBy() != null
                && Duration.between(run.finishedAt(), due).compareTo(LONGEST_HOLD) <= 0;
    }
}
