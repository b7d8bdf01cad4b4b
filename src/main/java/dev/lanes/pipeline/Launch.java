package dev.lanes.pipeline;

import dev.lanes.lane.Lane;
import dev.lanes.lane.Run;
import dev.lanes.task.Task;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Has tasks run by their lane: as soon as there is room, and those of one key one after the other. */
final class Launch {
    private static final Logger LOG = Logger.getLogger(Launch.class);

    private final Lane lane;
    private final Slots slots;
    private final Gate gate;
    private final Outcomes outcomes;
    private final CancelRequests cancels;
    private final Retries retries;
    private final LaneMeter meter;
    private final Duration timeout;
    private final InstantSource clock;
    private final KeyOrder keys = new KeyOrder();
    /** Retries whose time has not come, and for which their keys are held; whoever takes one away ends or begins it. */
    private final Set<Admitted> held = ConcurrentHashMap.newKeySet();
    /** For what a key is held for, and may have to wait for room; has a thread only where there are such. */
    private final ScheduledExecutorService later;

    private volatile boolean stopping;

    /**
     * @param timeout how long a task may run that does not say
     */
    Launch(
            Lane lane,
            Slots slots,
            Gate gate,
            Outcomes outcomes,
            CancelRequests cancels,
            Retries retries,
            LaneMeter meter,
            Duration timeout,
            InstantSource clock) {
        this.lane = lane;
        this.slots = slots;
        this.gate = gate;
        this.outcomes = outcomes;
        this.cancels = cancels;
        this.retries = retries;
        this.meter = meter;
        this.timeout = timeout;
        this.clock = clock;
        this.later = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform()
                .name("lanes-" + lane.name() + "-keys")
                .daemon()
                .factory());
    }

    /**
     * Returns when the task runs, or has its place among those of its key.
     *
     * @throws InterruptedException when this process stops; what was not begun comes again
     */
    void admit(Admitted admitted) throws InterruptedException {
        if (admitted.task().orderedBy() != null && !keys.take(admitted)) {
            return;
        }
        begin(admitted);
    }

    /** Begins no more. */
    void stop() {
        stopping = true;
        later.shutdownNow();
    }

    /** Ends those that are to be cancelled while their keys are held for them, without waiting for their time. */
    void cancelHeld() {
        for (Admitted retry : held) {
            if (cancels.requestedAt(retry.task().id()).isPresent()
                    && !retry.batch().isGivenUp()
                    && held.remove(retry)) {
                endUnrun(retry);
            }
        }
    }

    private void endUnrun(Admitted admitted) {
        outcomes.publish(OutcomeRecord.neverRun(admitted.task(), clock.instant()), admitted::settle);
        passKeyOn(admitted);
    }

    private void begin(Admitted admitted) throws InterruptedException {
        int slot = place();
        if (admitted.batch().isGivenUp()) {
            slots.release(slot);
            admitted.batch().leaveOne();
            passKeyOn(admitted);
        } else if (cancels.requestedAt(admitted.task().id()).isPresent()) {
            // While it waited for its place.
            slots.release(slot);
            endUnrun(admitted);
        } else if (stopping || !begin(admitted, slot)) {
            slots.release(slot);
            throw new InterruptedException("this process stops");
        }
    }

    private int place() throws InterruptedException {
        int slot = slots.takeIfFree();
        while (slot == Slots.NONE) {
            slot = slots.take();
            if (!gate.isOpen()) {
                // It was closed while this one waited for its place.
                slots.release(slot);
                gate.await();
                slot = slots.takeIfFree();
            }
        }
        return slot;
    }

    private boolean begin(Admitted admitted, int slot) {
        Task task = admitted.task();
        Duration limit = task.limits().timeout();
        InFlight inFlight = new InFlight(admitted, new Place(admitted, slot), outcomes, retries, meter);
        Run run = new Run(task, admitted.handler(), limit == null ? timeout : limit, clock, inFlight);
        slots.put(slot, run);
        try {
            lane.run(run);
            return true;
        } catch (RejectedExecutionException closed) {
            return false;
        } catch (Throwable noThread) {
            run.abandon();
            throw noThread;
        }
    }

    /** A task's place among those in flight. */
    private final class Place implements InFlight.Stay {
        private final Admitted admitted;
        private final int slot;

        Place(Admitted admitted, int slot) {
            this.admitted = admitted;
            this.slot = slot;
        }

        /** While it waited for a thread the lane may have been paused, or its record have become somebody else's. */
        @Override
        public boolean mayBegin() throws InterruptedException {
            if (lane.ahead() > 0) {
                gate.await();
            }
            if (stopping || admitted.batch().isGivenUp()) {
                admitted.batch().leaveOne();
                return false;
            }
            return true;
        }

        /** The place is anybody's now. */
        @Override
        public void left(@Nullable Task next) {
            slots.release(slot);
            if (next == null) {
                passKeyOn(admitted);
            } else {
                hold(admitted.again(next));
            }
        }
    }

    private void hold(Admitted retry) {
        held.add(retry);
        later(
                retry,
                () -> {
                    if (held.remove(retry)) {
                        beginInTurn(retry);
                    }
                },
                Duration.between(clock.instant(), retry.task().readyAt()));
    }

    private void passKeyOn(Admitted before) {
        Admitted next = before.task().orderedBy() == null || stopping ? null : keys.next(before);
        if (next != null) {
            later(next, () -> beginInTurn(next), Duration.ZERO);
        }
    }

    private void later(Admitted admitted, Runnable begin, Duration pause) {
        try {
            var unused = later.schedule(begin, pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopped) {
            LOG.debugf(
                    "%s stops; the task %s comes again",
                    lane.name(), admitted.task().id());
        }
    }

    private void beginInTurn(Admitted admitted) {
        try {
            gate.await();
            begin(admitted);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (Throwable unexpected) {
            LOG.errorf(
                    unexpected,
                    "the task %s cannot be begun: it stays unacknowledged, and comes again after a restart",
                    admitted.task().id());
        }
    }
}
