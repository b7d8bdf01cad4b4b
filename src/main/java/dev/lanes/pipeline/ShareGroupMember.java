package dev.lanes.pipeline;

import dev.lanes.task.LaneName;
import dev.lanes.task.Task;
import java.time.Duration;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A member of a lane's share group, on a thread of its own. It takes one task, or a few quick ones, sees them through
 * and acknowledges each, so that any member that is free takes the next.
 */
final class ShareGroupMember {
    private static final Logger LOG = Logger.getLogger(ShareGroupMember.class);
    /** A third of the lock's default 30 s, so that a renewal may fail once. */
    private static final Duration RENEW_AFTER = Duration.ofSeconds(10);

    /** Behind a task that runs for longer, no other waits in the same hand. */
    private static final Duration LONG_RUN = Duration.ofMillis(25);
    /** In one hand, none waits for longer. */
    private static final Duration MAX_HELD = Duration.ofMillis(75);

    private static final Duration POLL = Duration.ofMillis(500);
    /** For so long a handler may go on whose task has ended. */
    private static final Duration PATIENCE_WITH_STUCK = Duration.ofSeconds(2);

    private static final int STUCK_STATUS = 75;
    private static final Duration LEAVE = Duration.ofSeconds(1);
    /** Kafka does not wake those that wait for tasks when another member gives some back: they have to ask. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    /** Not much less than a new consumer takes to join. */
    private static final Duration BETWEEN_SIZES = Duration.ofSeconds(2);

    private final KafkaClients clients;
    private final Topics topics;
    private final Dispatcher dispatcher;
    private final Redelivery redelivery;
    private final Starts starts;
    private final Leases leases;
    private final LaneName lane;
    private final BrokerWatch kafka;
    private final Recycling recycling;
    private final Follower follower;
    private final boolean hasProcessToItself;
    private PollSize size = PollSize.ONE;
    private @Nullable Long stuckSince;
    private volatile @Nullable ShareConsumer<byte[], byte[]> consumer;

    /**
     * @param hasProcessToItself whether nothing else runs in this process, so that it may be ended with a task
     * @param number of this member among those of this process and lane, from 1
     */
    ShareGroupMember(
            KafkaClients clients,
            Topics topics,
            Dispatcher dispatcher,
            Redelivery redelivery,
            Starts starts,
            Leases leases,
            BrokerWatch kafka,
            Recycling recycling,
            boolean hasProcessToItself,
            int number) {
        this.clients = clients;
        this.topics = topics;
        this.dispatcher = dispatcher;
        this.redelivery = redelivery;
        this.starts = starts;
        this.leases = leases;
        this.lane = dispatcher.lane().name();
        this.kafka = kafka;
        this.recycling = recycling;
        this.hasProcessToItself = hasProcessToItself;
        this.follower = new Follower(lane + "-source-" + number, "a member of " + lane, this::follow, this::lost);
    }

    void start() {
        follower.start();
    }

    void stop() {
        follower.stop();
        ShareConsumer<byte[], byte[]> member = consumer;
        if (member != null) {
            member.wakeup();
        }
    }

    void awaitEnd() throws InterruptedException {
        if (consumer != null) {
            follower.awaitEnd(Duration.ofSeconds(2));
        }
    }

    private void follow() throws InterruptedException {
        awaitLeave();
        takeAll();
    }

    private void lost(RuntimeException place) {
        LOG.warnf("the lane %s lost its place in the share group (%s): it joins again", lane, place);
    }

    /**
     * Until we stop, or the lane is paused, or another size of polls suits the tasks better, or Kafka goes: a member
     * that cannot reach its broker keeps a core busy with trying.
     */
    private void takeAll() throws InterruptedException {
        ShareConsumer<byte[], byte[]> member = join();
        consumer = member;
        long since = System.nanoTime();
        try {
            PollSize next = size;
            while (mayTake() && next == size) {
                boolean all = take(member);
                if (recycling.endIfDue(dispatcher.meter().done())) {
                    follower.stop();
                }
                next = nextSize(all, System.nanoTime() - since);
            }
            LOG.debugf("the lane %s takes %d tasks a poll now", lane, next.records());
            size = next;
        } finally {
            member.close(LEAVE);
        }
    }

    /** At once where tasks had to be given back; else not so soon, as a new consumer takes some time to join. */
    private PollSize nextSize(boolean tookAll, long nanosWithThis) {
        RecentRuns runs = dispatcher.meter().recentRuns();
        if (!tookAll) {
            return runs.usualOfLate().map(size::next).orElse(size);
        }
        return nanosWithThis < BETWEEN_SIZES.toNanos()
                ? size
                : runs.usual().map(size::next).orElse(size);
    }

    private boolean mayTake() {
        return !follower.isStopping() && kafka.awaySince().isEmpty() && !dispatcher.isPaused();
    }

    private void awaitLeave() throws InterruptedException {
        while (!follower.isStopping() && !mayTake()) {
            Thread.sleep(LOOK_AGAIN);
        }
    }

    private ShareConsumer<byte[], byte[]> join() {
        ShareConsumer<byte[], byte[]> member = clients.shareConsumer(
                topics.group(lane),
                Map.of(
                        "share.acknowledgement.mode",
                        "explicit",
                        "share.acquire.mode",
                        "record_limit",
                        "fetch.max.wait.ms",
                        Long.toString(LOOK_AGAIN.toMillis()),
                        "max.poll.records",
                        Integer.toString(size.records())));
        member.setAcknowledgementCommitCallback((offsets, failure) -> {
            if (failure != null) {
                LOG.warnf("Kafka did not take an acknowledgement (%s): the task may run again", failure);
            }
        });
        member.subscribe(List.of(topics.tasks(lane)));
        return member;
    }

    /** Takes what one poll gives; false when some of it had to be given back. */
    private boolean take(ShareConsumer<byte[], byte[]> member) throws InterruptedException {
        if (!dispatcher.awaitRoom(POLL)) {
            member.commitSync();
            endTheProcessIfStuck();
            return true;
        }
        stuckSince = null;
        Hand hand = new Hand(member, member.poll(POLL));
        Deque<ConsumerRecord<byte[], byte[]>> waiting = hand.records();
        redelivery.read(waiting);
        // Counted from here: reading may take long, and the first of them has to run.
        long giveBackAt = System.nanoTime() + MAX_HELD.toNanos();
        ConsumerRecord<byte[], byte[]> running = null;
        while (!waiting.isEmpty() && System.nanoTime() < giveBackAt && mayBegin(hand, waiting.size())) {
            ConsumerRecord<byte[], byte[]> record = waiting.remove();
            running = runs(record, hand) ? record : null;
        }
        boolean all = waiting.isEmpty();
        giveBack(waiting, hand);
        if (!hand.awaitSettled(Watchdog.WORTH_SAYING)) {
            if (running != null) {
                say(running, hand);
            }
            while (!hand.awaitSettled(RENEW_AFTER)) {
                leases.keep(hand);
                hand.renew();
            }
        }
        hand.acceptAll();
        return all;
    }

    /**
     * Whether the next of a hand may begin, after a short wait if need be. Not while the lane is paused: it would keep
     * those that are done from being acknowledged.
     */
    private boolean mayBegin(Hand hand, int waiting) throws InterruptedException {
        return !dispatcher.isPaused() && dispatcher.awaitRoom(LONG_RUN) && hand.awaitTurn(waiting, LONG_RUN);
    }

    /**
     * A handler that goes on though its task has ended, and has been told to stop, can be ended with its process only.
     * What has been done is acknowledged by now.
     */
    private void endTheProcessIfStuck() {
        Long since = stuckSince;
        if (since == null) {
            stuckSince = System.nanoTime();
        } else if (hasProcessToItself && System.nanoTime() - since > PATIENCE_WITH_STUCK.toNanos()) {
            LOG.errorf(
                    "a task goes on though its time is up or it was cancelled: its process ends, and another begins");
            Runtime.getRuntime().halt(STUCK_STATUS);
        }
    }

    /** Has a task run; false when something else becomes of it. */
    private boolean runs(ConsumerRecord<byte[], byte[]> record, Hand hand) throws InterruptedException {
        Task task = task(record);
        Runnable settled = settled(record, task, hand);
        if (task != null && !redelivery.runs(record, task, dispatcher.meter(), settled)) {
            return false;
        }
        if (task != null && starts.isSaid(task.id())) {
            // Should another kill this process, this one must not stand there as begun and not ended.
            hand.holdUpOthers();
        }
        // What cannot be read goes the same way, which says so.
        dispatcher.dispatch(record, task, settled);
        return task != null;
    }

    /** Lets other members take what waits here. */
    private void giveBack(Collection<ConsumerRecord<byte[], byte[]>> waiting, Hand hand) throws InterruptedException {
        for (ConsumerRecord<byte[], byte[]> record : waiting) {
            Task task = task(record);
            Runnable settled = settled(record, task, hand);
            if (task == null) {
                dispatcher.dispatch(record, null, settled);
            } else {
                redelivery.giveBack(record, task, hand, settled);
            }
        }
        if (!waiting.isEmpty()) {
            hand.commit();
        }
    }

    private Runnable settled(ConsumerRecord<byte[], byte[]> record, @Nullable Task task, Hand hand) {
        return () -> {
            hand.settled(record);
            if (task == null) {
                hand.goOn();
            } else {
                leases.end(task.id());
                starts.end(task.id(), hand::goOn);
            }
        };
    }

    /** Says that a task is running here. */
    private void say(ConsumerRecord<byte[], byte[]> record, Hand hand) {
        Task task = task(record);
        if (task != null && !hand.isSettled(record)) {
            var unused = redelivery.begin(record, task);
            if (hand.isSettled(record)) {
                // Perhaps before it was said.
                CompletableFuture<Void> unsaid = new CompletableFuture<>();
                starts.end(task.id(), () -> unsaid.complete(null));
                unsaid.join();
            }
        }
    }

    private static @Nullable Task task(ConsumerRecord<byte[], byte[]> record) {
        try {
            return TaskJson.read(record);
        } catch (Malformed unreadable) {
            return null;
        }
    }
}
