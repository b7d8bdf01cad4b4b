package dev.lanes.pipeline;

import dev.lanes.task.LaneName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A member of a lane's share group, on a thread of its own. It takes one task, or a few quick ones, sees them through
 * and acknowledges each, so that any member that is free takes the next.
 */
final class ShareGroupMember {
    private static final Logger LOG = Logger.getLogger(ShareGroupMember.class);
    private static final Duration POLL = Duration.ofMillis(500);
    /** For so long a handler may go on whose task has ended. */
    private static final Duration PATIENCE_WITH_STUCK = Duration.ofSeconds(2);

    private static final int STUCK_STATUS = 75;
    private static final Duration LEAVE = Duration.ofSeconds(1);
    /**
     * When a member gives tasks back, Kafka wakes those that wait to take one; those that wait to take several it has
     * been seen to leave waiting, 3 times of 13: they have to ask again soon.
     */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    /** Not much less than a new consumer takes to join. */
    private static final Duration BETWEEN_SIZES = Duration.ofSeconds(2);
    /** For so long polls get no larger after one that was by far too large. */
    private static final Duration ONCE_BITTEN = Duration.ofSeconds(30);

    private final KafkaClients clients;
    private final Topics topics;
    private final Dispatcher dispatcher;
    private final Redelivery redelivery;
    private final Starts starts;
    private final Leases leases;
    private final LaneName lane;
    private final BrokerWatch kafka;
    private final Recycling recycling;
    private final Relay relay;
    private final boolean second;
    private final Follower follower;
    private final boolean hasProcessToItself;
    private PollSize size;
    private @Nullable Long bittenAt;
    private volatile @Nullable ShareConsumer<byte[], byte[]> consumer;

    /**
     * @param hasProcessToItself whether nothing else runs in this process, so that it may be ended with a task
     * @param relay which it shares with whoever else feeds the same thread
     * @param second whether it is there only for what that other leaves
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
            Relay relay,
            boolean second,
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
        this.relay = relay;
        this.second = second;
        this.size = second ? PollSize.MOST : PollSize.ONE;
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
                int givenBack = take(member);
                if (!second && recycling.endIfDue(dispatcher.meter().done())) {
                    follower.stop();
                }
                next = nextSize(givenBack, System.nanoTime() - since);
            }
            LOG.debugf("the lane %s takes %d tasks a poll now", lane, next.records());
            size = next;
            if (size != PollSize.MOST) {
                relay.over();
            }
        } finally {
            member.close(LEAVE);
        }
    }

    /** At once where tasks had to be given back; else not so soon, as a new consumer takes some time to join. */
    private PollSize nextSize(int givenBack, long nanosWithThis) {
        RecentRuns runs = dispatcher.meter().recentRuns();
        if (givenBack > PollSize.MANY.records()) {
            bittenAt = System.nanoTime();
            return second ? PollSize.MOST : PollSize.MANY;
        }
        if (second) {
            return PollSize.MOST;
        }
        if (givenBack > 0) {
            PollSize next = runs.usualOfLate().map(size::next).orElse(size);
            return next.compareTo(size) < 0 ? next : size;
        }
        if (nanosWithThis < BETWEEN_SIZES.toNanos()) {
            return size;
        }
        PollSize next = runs.usual().map(size::next).orElse(size);
        return next == PollSize.MOST && isShy() ? PollSize.MANY : next;
    }

    private boolean isShy() {
        return bittenAt != null && System.nanoTime() - bittenAt < ONCE_BITTEN.toNanos();
    }

    private boolean mayTake() {
        return !follower.isStopping()
                && kafka.awaySince().isEmpty()
                && !dispatcher.isPaused()
                && (!second || isWanted());
    }

    private boolean isWanted() {
        return relay.isWanted()
                && !isShy()
                && dispatcher
                        .meter()
                        .recentRuns()
                        .usual()
                        .filter(PollSize::suitsTwo)
                        .isPresent()
                && !dispatcher.isHeldUp(HandRun.LONG_RUN);
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
                        Long.toString((size == PollSize.ONE ? POLL : LOOK_AGAIN).toMillis()),
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

    /**
     * Takes what one poll gives.
     *
     * @return how much of it had to be given back
     */
    private int take(ShareConsumer<byte[], byte[]> member) throws InterruptedException {
        if (!mayFetch()) {
            member.commitSync();
            endTheProcessIfStuck();
            return 0;
        }
        ConsumerRecords<byte[], byte[]> records = member.poll(POLL);
        if (!second && records.count() == PollSize.MOST.records()) {
            relay.full();
        }
        return new HandRun(new Hand(member, records), dispatcher, redelivery, starts, leases, relay).seeThrough();
    }

    /** Where there are many quick tasks, while others run; but not behind one that is not so quick. */
    private boolean mayFetch() throws InterruptedException {
        return size == PollSize.MOST && !dispatcher.isHeldUp(HandRun.LONG_RUN) || dispatcher.awaitTurn(POLL);
    }

    /**
     * A handler that goes on though its task has ended, and has been told to stop, can be ended with its process only.
     * What has been done is acknowledged by now.
     */
    private void endTheProcessIfStuck() {
        if (hasProcessToItself && dispatcher.isOverstayed(PATIENCE_WITH_STUCK)) {
            LOG.errorf(
                    "a task goes on though its time is up or it was cancelled: its process ends, and another begins");
            Runtime.getRuntime().halt(STUCK_STATUS);
        }
    }
}
