package dev.lanes.pipeline;

import static java.util.Objects.requireNonNull;

import dev.lanes.task.Task;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Sees the tasks of one poll of a queue through. All that may begin are given to their lane at once, as to hand them
 * over one by one takes longer than many a task; those that the lane has not begun when one before them takes long are
 * taken from it again, and given back for any other process to take. For the member's thread alone.
 */
final class HandRun {
    /** A third of the lock's default 30 s, so that a renewal may fail once. */
    private static final Duration RENEW_AFTER = Duration.ofSeconds(10);
    /** Behind a task that runs for longer, no other waits in the same hand. */
    static final Duration LONG_RUN = Duration.ofMillis(25);
    /** In one hand, none waits for longer. */
    private static final Duration MAX_HELD = Duration.ofMillis(500);

    private final Hand hand;
    private final Dispatcher dispatcher;
    private final Redelivery redelivery;
    private final Starts starts;
    private final Leases leases;
    private final Relay relay;
    private final Deque<Delivery> waiting = new ArrayDeque<>();
    /** By the very tasks: the same one may have come twice. */
    private final Map<Task, Begun> begun = new IdentityHashMap<>();

    private boolean hasBaton;
    /** Whether Kafka holds that a task of these has begun: then nothing else may run here that could kill the process. */
    private boolean saysBegun;

    /**
     * @param task null when the record cannot be read
     */
    private record Delivery(
            ConsumerRecord<byte[], byte[]> record, @Nullable Task task) {
        static Delivery of(ConsumerRecord<byte[], byte[]> record) {
            try {
                return new Delivery(record, TaskJson.read(record));
            } catch (Malformed unreadable) {
                return new Delivery(record, null);
            }
        }
    }

    private record Begun(Delivery delivery, Batch batch) {}

    HandRun(Hand hand, Dispatcher dispatcher, Redelivery redelivery, Starts starts, Leases leases, Relay relay) {
        this.hand = hand;
        this.dispatcher = dispatcher;
        this.redelivery = redelivery;
        this.starts = starts;
        this.leases = leases;
        this.relay = relay;
    }

    /**
     * Returns when Kafka has what became of each.
     *
     * @return how many had to be given back
     */
    int seeThrough() throws InterruptedException {
        try {
            return seeThroughInTurn();
        } finally {
            passBaton();
        }
    }

    private int seeThroughInTurn() throws InterruptedException {
        Collection<ConsumerRecord<byte[], byte[]>> records = hand.records();
        redelivery.read(records);
        // Counted from here: reading may take long, and the first of them has to run.
        long giveBackAt = System.nanoTime() + MAX_HELD.toNanos();
        records.forEach(record -> waiting.add(Delivery.of(record)));
        boolean hasTurn = takeBatonSoon(giveBackAt) && dispatcher.awaitRoom(LONG_RUN);
        while (hasTurn && !waiting.isEmpty() && mayBegin(waiting.element(), giveBackAt)) {
            begin(waiting.remove());
        }
        if (!saysBegun) {
            passBaton();
        }
        if (!waiting.isEmpty() || !endSoon(giveBackAt)) {
            dispatcher.takeBack(begun.keySet()).forEach(this::left);
        }
        giveBackWaiting();
        if (!hand.awaitSettled(Watchdog.WORTH_SAYING)) {
            takeBaton();
            sayWhatRuns();
            while (!hand.awaitSettled(RENEW_AFTER)) {
                leases.keep(hand);
                hand.renew();
            }
        }
        hand.acceptAll();
        return waiting.size();
    }

    /** False when the other's tasks take long. */
    private boolean takeBatonSoon(long giveBackAt) throws InterruptedException {
        while (!hasBaton && System.nanoTime() < giveBackAt && !dispatcher.isHeldUp(LONG_RUN)) {
            hasBaton = relay.takeBaton(LONG_RUN);
        }
        return hasBaton;
    }

    private void takeBaton() throws InterruptedException {
        if (!hasBaton) {
            relay.takeBaton();
            hasBaton = true;
        }
    }

    private void passBaton() {
        if (hasBaton) {
            hasBaton = false;
            relay.passBaton();
        }
    }

    /**
     * Whether the next may begin, after a short wait if need be. Not while the lane is paused: it would keep those that
     * are done from being acknowledged.
     */
    private boolean mayBegin(Delivery next, long giveBackAt) throws InterruptedException {
        boolean says = next.task() != null && redelivery.says(next.record(), next.task());
        if (says) {
            // Should one before it kill this process, it must not stand there as begun and not ended.
            hand.holdUpOthers();
        }
        return !dispatcher.isPaused()
                && System.nanoTime() < giveBackAt
                && hand.awaitTurn(waiting.size(), LONG_RUN)
                && (!says || dispatcher.awaitTurn(LONG_RUN));
    }

    /** Has a task run, or what else becomes of it. */
    private void begin(Delivery delivery) throws InterruptedException {
        ConsumerRecord<byte[], byte[]> record = delivery.record();
        Task task = delivery.task();
        Runnable settled = settled(delivery);
        if (task == null) {
            // It goes the same way, which says that it cannot be read.
            var unused = dispatcher.dispatch(record, null, settled);
        } else if (redelivery.runs(record, task, dispatcher.meter(), settled)) {
            if (starts.isSaid(task.id())) {
                // Nor should one behind it.
                saysBegun = true;
                hand.holdUpOthers();
            }
            begun.put(task, new Begun(delivery, dispatcher.dispatch(record, task, settled)));
        }
    }

    /** Whether all are settled before one of them takes long, or those behind it have waited for long. */
    private boolean endSoon(long giveBackAt) throws InterruptedException {
        while (!hand.awaitSettled(LONG_RUN)) {
            if (dispatcher.isPaused()
                    || System.nanoTime() >= giveBackAt
                    || dispatcher.runsLonger(begun.keySet(), LONG_RUN)) {
                return false;
            }
        }
        return true;
    }

    private void left(Task task) {
        Begun unrun = requireNonNull(begun.remove(task));
        unrun.batch().leaveOne();
        if (starts.isSaid(task.id())) {
            unsay(task);
        }
        waiting.add(unrun.delivery());
    }

    /** Lets other members take what waits here. */
    private void giveBackWaiting() throws InterruptedException {
        for (Delivery delivery : waiting) {
            if (delivery.task() == null) {
                begin(delivery);
            } else {
                redelivery.giveBack(delivery.record(), delivery.task(), hand, settled(delivery));
            }
        }
        if (!waiting.isEmpty()) {
            hand.commit();
        }
    }

    private Runnable settled(Delivery delivery) {
        Task task = delivery.task();
        return () -> {
            hand.settled(delivery.record());
            if (task == null) {
                hand.goOn();
            } else {
                leases.end(task.id());
                starts.end(task.id(), hand::goOn);
            }
        };
    }

    private void sayWhatRuns() {
        for (Task task : dispatcher.running(begun.keySet())) {
            say(requireNonNull(begun.get(task)).delivery().record(), task);
        }
    }

    /** Says that a task is running here. */
    private void say(ConsumerRecord<byte[], byte[]> record, Task task) {
        if (!hand.isSettled(record)) {
            var unused = redelivery.begin(record, task);
            if (hand.isSettled(record)) {
                // Perhaps before it was said.
                unsay(task);
            }
        }
    }

    private void unsay(Task task) {
        CompletableFuture<Void> unsaid = new CompletableFuture<>();
        starts.end(task.id(), () -> unsaid.complete(null));
        unsaid.join();
    }
}
