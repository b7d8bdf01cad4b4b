package dev.lanes.lane;

import dev.lanes.handler.RegisteredHandler;
import dev.lanes.handler.TaskContext;
import dev.lanes.task.LaneName;
import dev.lanes.task.Place;
import dev.lanes.task.Task;
import dev.lanes.task.TaskId;
import io.netty.channel.EventLoop;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One attempt while it runs. It ends exactly once, by its handler or by its time limit, whichever comes first; it
 * leaves its lane when the handler's code has returned, which may be later.
 */
public final class Run implements TaskContext {
    /** Hears of a run's end; called on the thread on which it happens. */
    public interface Listener {
        /**
         * Asked on the thread of the lane that is about to begin it; may wait where the lane says so.
         *
         * @return false when it shall not begin: then it leaves its lane without an end
         */
        default boolean mayBegin() throws InterruptedException {
            return true;
        }

        /** The outcome is known. */
        void ended(Run run, Ending ending);

        /** The handler's code has returned, and the run's place in the lane is free. */
        void left(Run run);
    }

    /** What a handler does when its subscription is dropped may wait, and must keep nobody else. */
    private static final Executor DROPS = Executors.newCachedThreadPool(
            Thread.ofPlatform().name("lanes-drop-", 1).daemon().factory());

    private final Task task;
    private final RegisteredHandler handler;
    private final Duration limit;
    private final InstantSource clock;
    private final Listener listener;

    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicBoolean left = new AtomicBoolean();
    private final Hold hold = new Hold();
    private volatile @Nullable Started started;
    private volatile @Nullable Instant finishedAt;
    private volatile @Nullable ScheduledExecutorService loop;
    private volatile boolean leftBehind;
    private volatile boolean returned;
    private volatile boolean told;
    private volatile boolean gone;

    private record Started(Place place, Instant at, long nanos) {}

    /**
     * @param limit how long the handler may run
     */
    public Run(Task task, RegisteredHandler handler, Duration limit, InstantSource clock, Listener listener) {
        this.task = task;
        this.handler = handler;
        this.limit = limit;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * Runs the task on the calling thread, to its end; its blocking form where it has one.
     *
     * @return false when there was nothing to run: it was cancelled, or another thread has begun it
     */
    public boolean runHere(ScheduledExecutorService timer) {
        if (!begin(timer)) {
            return false;
        }
        Ending ending;
        try {
            Object payload = handler.payload(task.payload());
            var blocking = handler.blocking();
            ending = Results.ending(blocking != null ? blocking.run(payload, this) : await(start(payload)));
        } catch (Throwable failure) {
            ending = Ending.of(failure);
        }
        finish(ending);
        return true;
    }

    /**
     * Starts the task on the calling event-loop thread; its non-blocking form where it has one. Otherwise the blocking
     * form runs here, and blocks the loop.
     */
    public void runOn(ScheduledExecutorService eventLoop) {
        if (handler.nonBlocking() == null) {
            var unused = runHere(eventLoop);
            return;
        }
        if (!begin(eventLoop)) {
            return;
        }
        try {
            Object payload = handler.payload(task.payload());
            Cancellable started = start(payload)
                    .subscribe()
                    .with(result -> finish(Results.ending(result)), failure -> finish(Ending.of(failure)));
            hold.releaseThread();
            keep(started);
        } catch (Throwable failure) {
            finish(Ending.of(failure));
        }
    }

    /** The handler has returned: what follows may wait for Kafka, and is not its fault. */
    private void finish(Ending ending) {
        returned = true;
        hold.releaseThread();
        try {
            end(ending);
        } finally {
            leave();
        }
    }

    /**
     * Ends the run as its time is up, and stops the handler in the way that it can be stopped: its thread is
     * interrupted, or its subscription dropped.
     *
     * @param otherwise what follows where a thread does not heed that, for people
     */
    public void timeOut(String otherwise) {
        stop(Ending.timedOut(limit, hold.how(otherwise)));
    }

    /** The same because somebody wants it no more; one that waits for a thread of its lane never gets one. */
    public void cancel(String otherwise) {
        if (hold.giveUp()) {
            started = now();
            finish(Ending.NEVER_RUN);
        } else if (hasStarted()) {
            stop(Ending.cancelled(hold.how(otherwise)));
        }
    }

    private void stop(Ending ending) {
        if (end(ending)) {
            stopHandler();
        }
    }

    private void stopHandler() {
        Cancellable subscription = hold.stop();
        if (subscription != null) {
            DROPS.execute(subscription::cancel);
            leave();
        }
    }

    /** Stops the handler without an outcome, as this process ends: the task comes again elsewhere. */
    public void abandon() {
        if (ended.compareAndSet(false, true)) {
            told = true;
            if (hold.giveUp()) {
                leave();
            } else {
                stopHandler();
                depart();
            }
        }
    }

    /**
     * Takes it from the lane before it begins: nothing is told of it, but that it has left.
     *
     * @return false when it has begun, or has ended
     */
    public boolean takeBack() {
        if (!hold.giveUp()) {
            return false;
        }
        ended.set(true);
        told = true;
        leave();
        return true;
    }

    /** For how long its handler has gone on although it has ended; zero when it does not. */
    public Duration overstay() {
        Instant at = finishedAt;
        return at == null || returned || left.get()
                ? Duration.ZERO
                : elapsed().minus(Duration.between(startedAt(), at));
    }

    /** Takes it from the lane although its handler goes on; {@link Lane#replaceThreadOf} has made up for its thread. */
    public void leaveBehind() {
        leftBehind = true;
        gone = true;
        depart();
    }

    boolean wasLeftBehind() {
        return leftBehind;
    }

    /** Whether the handler's code has returned. */
    public boolean hasReturned() {
        return returned;
    }

    /** Whether its handler computes at this moment, rather than waits. */
    boolean computes() {
        Thread thread = hold.thread();
        return thread != null && thread.getState() == Thread.State.RUNNABLE;
    }

    /** Whether its handler is on the thread of that loop at this moment. */
    boolean holds(EventLoop eventLoop) {
        Thread thread = hold.thread();
        return thread != null && eventLoop.inEventLoop(thread);
    }

    public Task task() {
        return task;
    }

    /** For how long the handler has run, up to now or to its end; zero before its start. */
    public Duration elapsed() {
        Started start = started;
        return start == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - start.nanos());
    }

    /** How long the handler may run. */
    public Duration limit() {
        return limit;
    }

    /** Where it runs; only after its start. */
    public Place place() {
        return started().place();
    }

    /** When it started; only after its start. */
    public Instant startedAt() {
        return started().at();
    }

    /** When it ended; only after its end. */
    public Instant finishedAt() {
        Instant at = finishedAt;
        if (at == null) {
            throw new IllegalStateException("still running");
        }
        return at;
    }

    public boolean hasStarted() {
        return started != null;
    }

    @Override
    public TaskId id() {
        return task.id();
    }

    @Override
    public int attempt() {
        return task.attempt();
    }

    @Override
    public LaneName lane() {
        return task.lane();
    }

    @Override
    public Instant deadline() {
        return startedAt().plus(limit);
    }

    @Override
    public boolean cancelled() {
        return ended.get();
    }

    @Override
    public ScheduledExecutorService loop() {
        ScheduledExecutorService here = loop;
        if (here == null) {
            throw new IllegalStateException("not started");
        }
        return here;
    }

    /** False when it is none of ours any more: it was cancelled, or its lane has had it begun on another thread. */
    private boolean begin(ScheduledExecutorService here) {
        if (ended.get()) {
            return false;
        }
        if (!mayBegin()) {
            abandon();
            return false;
        }
        if (!hold.begin()) {
            return false;
        }
        loop = here;
        started = now();
        return true;
    }

    private boolean mayBegin() {
        try {
            return listener.mayBegin();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Started now() {
        return new Started(Place.here(), clock.instant(), System.nanoTime());
    }

    private Uni<?> start(Object payload) {
        var nonBlocking = handler.nonBlocking();
        if (nonBlocking == null) {
            throw new IllegalStateException("the handler of " + task.type() + " has no form to run");
        }
        Uni<?> work = nonBlocking.start(payload, this);
        if (work == null) {
            throw new IllegalStateException("the handler of " + task.type() + " returned no Uni");
        }
        return work;
    }

    private @Nullable Object await(Uni<?> work) {
        return work.await().atMost(limit.plusSeconds(1));
    }

    private boolean end(Ending ending) {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        finishedAt = startedAt().plus(elapsed());
        try {
            tell(ending);
        } finally {
            told = true;
            depart();
        }
        return true;
    }

    /** An end must be told, whatever is wrong with what the handler returned or threw. */
    private void tell(Ending ending) {
        try {
            listener.ended(this, ending);
        } catch (Throwable failure) {
            listener.ended(this, Ending.permanent("its end could not be told: " + Ending.words(failure)));
        }
    }

    private void leave() {
        returned = true;
        gone = true;
        depart();
    }

    /** Its end may be told by one thread while its handler returns on another: that it has left is said after both. */
    private void depart() {
        if (told && gone && left.compareAndSet(false, true)) {
            listener.left(this);
        }
    }

    private void keep(Cancellable started) {
        hold.take(started);
        if (ended.get() && !returned) {
            DROPS.execute(started::cancel);
            leave();
        }
    }

    private Started started() {
        Started start = started;
        if (start == null) {
            throw new IllegalStateException("not started");
        }
        return start;
    }
}
