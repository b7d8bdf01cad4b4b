package dev.lanes.pipeline;

import dev.lanes.lane.Ending;
import dev.lanes.lane.Run;
import dev.lanes.task.Attempt;
import dev.lanes.task.Outcome;
import dev.lanes.task.Task;
import dev.lanes.task.TaskState;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What follows the run of one record: its outcome is published, then its batch and its slot hear of it. */
final class InFlight implements Run.Listener {
    private final ConsumerRecord<byte[], byte[]> record;
    private final Batch batch;
    private final int slot;
    private final Slots slots;
    private final Outcomes outcomes;
    private final Retries retries;
    private final LaneMeter meter;

    InFlight(
            ConsumerRecord<byte[], byte[]> record,
            Batch batch,
            int slot,
            Slots slots,
            Outcomes outcomes,
            Retries retries,
            LaneMeter meter) {
        this.record = record;
        this.batch = batch;
        this.slot = slot;
        this.slots = slots;
        this.outcomes = outcomes;
        this.retries = retries;
        this.meter = meter;
    }

    @Override
    public void ended(Run run, Ending ending) {
        Task task = run.task();
        Results.Written written = Results.write(ending);
        Outcome outcome = written.ending().outcome();
        Attempt attempt = new Attempt(
                task.attempt(),
                task.lane(),
                run.place(),
                run.startedAt(),
                run.finishedAt(),
                outcome,
                written.ending().error());
        Optional<Task> next = written.ending().retryable() ? retries.next(task, run.finishedAt()) : Optional.empty();
        OutcomeRecord said = new OutcomeRecord(
                task.id(),
                task.generation(),
                task.type(),
                next.isPresent() ? TaskState.RETRYING : outcome.state(),
                task.submittedAt(),
                attempt,
                written.result());
        meter.ended(
                task.type(),
                outcome,
                Duration.between(task.readyAt(), run.startedAt()),
                Duration.between(run.startedAt(), run.finishedAt()));
        if (next.isPresent()) {
            outcomes.publish(next.get(), said, batch::settleOne);
        } else if (outcome.state() == TaskState.DEAD) {
            String reason = attempt.error() == null ? outcome.name() : attempt.error();
            outcomes.publish(
                    new DeadLetter(task.id(), task.generation(), task.type(), reason, run.finishedAt(), record),
                    said,
                    batch::settleOne);
        } else {
            outcomes.publish(said, batch::settleOne);
        }
    }

    @Override
    public void left(Run run) {
        slots.release(slot);
    }
}
