package dev.lanes.pipeline;

import dev.lanes.handler.Handlers;
import dev.lanes.handler.RegisteredHandler;
import dev.lanes.lane.Lane;
import dev.lanes.lane.Run;
import dev.lanes.task.Attempt;
import dev.lanes.task.Outcome;
import dev.lanes.task.Place;
import dev.lanes.task.Task;
import dev.lanes.task.TaskId;
import dev.lanes.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The flow that all lanes share: decode, admit, run within the time limit, publish the outcome, acknowledge. Sources
 * give it records; it gives tasks to its lane.
 */
public final class Dispatcher {
    private static final Logger LOG = Logger.getLogger(Dispatcher.class);

    private final Lane lane;
    private final Handlers handlers;
    private final Admission admission;
    private final Outcomes outcomes;
    private final CancelRequests cancels;
    private final LaneMeter meter;
    private final InstantSource clock;
    private final Slots slots;
    private final Semaphore span;
    /** Holds back what the source cannot give back, while the lane is paused. */
    private final Gate gate = new Gate();

    private final boolean sourceGivesBack;
    private volatile boolean paused;
    private final LeftBehind leftBehind;
    private final Launch launch;
    private final int configuredConcurrency;

    /**
     * @param timeout how long a task may run that does not say
     * @param retries whether a task that fails is tried again
     * @param maxUnsettled how many records may be taken but not acknowledged
     * @param sourceGivesBack whether the source itself holds back what the lane is not to take while it is paused
     */
    Dispatcher(
            Lane lane,
            Handlers handlers,
            Admission admission,
            Outcomes outcomes,
            CancelRequests cancels,
            LaneMeter meter,
            Duration timeout,
            Retries retries,
            int maxUnsettled,
            boolean sourceGivesBack,
            InstantSource clock) {
        this.lane = lane;
        this.configuredConcurrency = lane.concurrency();
        this.handlers = handlers;
        this.admission = admission;
        this.outcomes = outcomes;
        this.cancels = cancels;
        this.meter = meter;
        this.sourceGivesBack = sourceGivesBack;
        this.clock = clock;
        this.slots = new Slots(
                lane.concurrency(),
                Math.max(lane.concurrency(), LaneSettings.mostInAProcess(lane.name())),
                sourceGivesBack ? hands(lane.concurrency()) - lane.concurrency() : lane.ahead());
        this.leftBehind = new LeftBehind(lane, slots);
        this.launch = new Launch(lane, slots, gate, outcomes, cancels, retries, meter, timeout, clock);
        this.span = new Semaphore(maxUnsettled);
    }

    /** How many tasks the members have at most that feed so many threads: of one alone there are two. */
    private static int hands(int threads) {
        return Math.max(threads, 2) * PollSize.MOST.records();
    }

    /** A batch of records, for {@link #dispatch(List, Batch)} to settle. */
    Batch batch(List<ConsumerRecord<byte[], byte[]>> records) {
        return new Batch(records, span, () -> {});
    }

    /**
     * Takes the records of a batch, and returns when the last task has been admitted: this is how a lane that is full
     * makes Kafka wait.
     *
     * @throws InterruptedException when this process stops; what was not acknowledged comes again
     */
    void dispatch(List<ConsumerRecord<byte[], byte[]>> records, Batch batch) throws InterruptedException {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            dispatch(record, null, batch);
        }
    }

    /**
     * The same for one record.
     *
     * @param task what it says; null where that has not been read
     * @return the record's own batch
     */
    Batch dispatch(ConsumerRecord<byte[], byte[]> record, @Nullable Task task, Runnable acknowledge)
            throws InterruptedException {
        Batch batch = new Batch(List.of(record), span, acknowledge);
        dispatch(record, task, batch);
        return batch;
    }

    private void dispatch(ConsumerRecord<byte[], byte[]> record, @Nullable Task task, Batch batch)
            throws InterruptedException {
        gate.await();
        if (!batch.beginOne()) {
            return;
        }
        outcomes.awaitRoom();
        try {
            Task known = batch.goneOn(record, task == null ? TaskJson.read(record) : task);
            if (cancels.requestedAt(known.id()).isPresent()) {
                outcomes.publish(OutcomeRecord.neverRun(known, clock.instant()), () -> batch.settle(record));
            } else if (Schedule.isEarly(known, clock)) {
                outcomes.schedule(known, () -> batch.settle(record));
            } else {
                admit(record, known, batch);
            }
        } catch (Malformed unreadable) {
            buryUnreadable(record, "cannot be read: " + unreadable.line(), batch);
        } catch (RuntimeException | Error unexpected) {
            // A record that we fail on must not stop those behind it.
            LOG.errorf(
                    unexpected, "a record of %s goes to the dead letters, as it cannot be dispatched", record.topic());
            buryUnreadable(record, "cannot be dispatched: " + unexpected, batch);
        }
    }

    /** Runs the lane as it is wanted from now on. */
    void set(LaneSetting wanted) {
        if (LaneSettings.mostInAProcess(lane.name()) > 1) {
            Integer asked = wanted.concurrency();
            int concurrency = asked == null ? configuredConcurrency : asked;
            lane.resize(concurrency);
            slots.resize(concurrency);
        }
        paused = wanted.paused();
        gate.open(sourceGivesBack || !paused);
    }

    /** Whether it takes no tasks, as somebody wants it so. */
    boolean isPaused() {
        return paused;
    }

    /** Ends the tasks that are to be cancelled while their keys are held for another attempt. */
    void cancelHeld() {
        launch.cancelHeld();
    }

    /**
     * Waits until the lane may have to run what a poll of a queue gives: has nothing in hand where it runs one at a time,
     * or else room for all of it; false when that takes longer.
     */
    boolean awaitTurn(Duration patience) throws InterruptedException {
        return lane.concurrency() == 1 ? slots.awaitEmpty(patience) : awaitRoom(patience);
    }

    /** Waits until the lane has room for all that a poll of a queue gives; false when that takes longer. */
    boolean awaitRoom(Duration patience) throws InterruptedException {
        return slots.awaitRoom(PollSize.MOST.records(), patience);
    }

    /** Whether the lane has one of these tasks in hand that has run for longer than that, or is held up. */
    boolean runsLonger(Set<Task> tasks, Duration limit) {
        return isHeldUp(limit) || slots.anyMatch(run -> runsLonger(run, limit) && tasks.contains(run.task()));
    }

    /** Whether all others wait: the lane runs one task at a time, and that has run for longer. */
    boolean isHeldUp(Duration limit) {
        return lane.concurrency() == 1 && slots.anyMatch(run -> runsLonger(run, limit));
    }

    private static boolean runsLonger(Run run, Duration limit) {
        return !run.hasReturned() && run.elapsed().compareTo(limit) > 0;
    }

    /** Whether a handler goes on for longer than that although its task has ended. */
    boolean isOverstayed(Duration limit) {
        return slots.anyMatch(run -> run.overstay().compareTo(limit) > 0);
    }

    /** Those of these tasks that the lane runs now. */
    List<Task> running(Set<Task> tasks) {
        List<Task> running = new ArrayList<>();
        slots.forEach(run -> {
            if (run.hasStarted() && tasks.contains(run.task())) {
                running.add(run.task());
            }
        });
        return running;
    }

    /** Takes from the lane those of these tasks that it has not begun; their records are still under way. */
    List<Task> takeBack(Set<Task> tasks) {
        List<Task> taken = new ArrayList<>();
        slots.forEach(run -> {
            if (tasks.contains(run.task()) && run.takeBack()) {
                taken.add(run.task());
            }
        });
        return taken;
    }

    /** Admits no more, waits for the tasks in flight, and abandons those that take longer: they come again elsewhere. */
    void drain(Duration patience) throws InterruptedException {
        launch.stop();
        if (!slots.awaitEmpty(patience)) {
            slots.forEach(Run::abandon);
        }
    }

    private void admit(ConsumerRecord<byte[], byte[]> record, Task task, Batch batch) throws InterruptedException {
        Optional<RegisteredHandler> handler = handlers.find(task.type());
        Optional<String> refusal = admission.refusal(task.type(), handler, task.lane());
        if (handler.isEmpty() || refusal.isPresent()) {
            bury(record, task, refusal.orElse("no handler"), batch);
        } else if (task.orderedBy() != null && !admission.keepsOrder(task.lane())) {
            bury(record, task, "key: " + Admission.NO_ORDER, batch);
        } else {
            launch.admit(new Admitted(record, task, handler.get(), batch));
        }
    }

    private void buryUnreadable(ConsumerRecord<byte[], byte[]> record, String reason, Batch batch) {
        Instant at = Instant.ofEpochMilli(record.timestamp());
        bury(record, TaskJson.idOf(record), 1, 1, "unreadable", at, reason, batch);
    }

    /** Puts a record that will not be run with the dead letters. */
    private void bury(ConsumerRecord<byte[], byte[]> record, Task task, String reason, Batch batch) {
        bury(record, task.id(), task.generation(), task.attempt(), task.type(), task.submittedAt(), reason, batch);
    }

    private void bury(
            ConsumerRecord<byte[], byte[]> record,
            TaskId id,
            int generation,
            int number,
            String type,
            Instant submittedAt,
            String reason,
            Batch batch) {
        Instant now = clock.instant();
        Attempt attempt = new Attempt(number, lane.name(), Place.here(), now, now, Outcome.FAILED, reason);
        OutcomeRecord outcome = new OutcomeRecord(id, generation, type, TaskState.DEAD, submittedAt, attempt, null);
        meter.ended(meterType(type), Outcome.FAILED, Duration.between(submittedAt, now), Duration.ZERO);
        outcomes.publish(DeadLetter.of(outcome, record), outcome, () -> batch.settle(record));
    }

    /** Types that somebody made up must not make ever more time series. */
    private String meterType(String type) {
        return handlers.find(type).isPresent() ? type : "unknown";
    }

    Lane lane() {
        return lane;
    }

    LeftBehind leftBehind() {
        return leftBehind;
    }

    LaneMeter meter() {
        return meter;
    }

    Slots slots() {
        return slots;
    }
}
