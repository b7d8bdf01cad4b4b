package dev.lanes.pipeline;

import dev.lanes.task.LaneName;
import dev.lanes.task.Task;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A member of a lane's share group, on a thread of its own. It takes one task, sees it through and acknowledges it
 * alone, so that any member that is free takes the next.
 */
final class ShareGroupMember {
    private static final Logger LOG = Logger.getLogger(ShareGroupMember.class);
    /** A third of the lock's default 30 s, so that a renewal may fail once. */
    private static final Duration RENEW_AFTER = Duration.ofSeconds(10);

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LEAVE = Duration.ofSeconds(1);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    /**
     * With one task a poll a delivery that is not the first means that a process died over it, or that a broker did.
     * The broker forgets a record silently after five; before that it goes to the dead letters.
     */
    private static final int MAX_DELIVERIES = 3;

    private final KafkaClients clients;
    private final Topics topics;
    private final Dispatcher dispatcher;
    private final LaneName lane;
    private final BrokerWatch kafka;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile @Nullable ShareConsumer<byte[], byte[]> consumer;

    /**
     * @param number of this member among those of this process and lane, from 1
     */
    ShareGroupMember(KafkaClients clients, Topics topics, Dispatcher dispatcher, BrokerWatch kafka, int number) {
        this.clients = clients;
        this.topics = topics;
        this.dispatcher = dispatcher;
        this.lane = dispatcher.lane().name();
        this.kafka = kafka;
        this.thread = Thread.ofPlatform()
                .name("lanes-" + lane + "-source-" + number)
                .daemon()
                .unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void stop() {
        stopping = true;
        ShareConsumer<byte[], byte[]> member = consumer;
        if (member != null) {
            member.wakeup();
        }
    }

    void awaitEnd() throws InterruptedException {
        if (consumer != null) {
            thread.join(Duration.ofSeconds(2));
        }
    }

    private void run() {
        while (!stopping) {
            try {
                awaitKafka();
                takeAll();
            } catch (WakeupException | InterruptedException stop) {
                LOG.debugf("the lane %s stops", lane);
            } catch (KafkaException | IllegalStateException lost) {
                LOG.warnf("the lane %s lost its place in the share group (%s): it joins again", lane, lost);
            }
        }
    }

    /** Until we stop, or Kafka goes: a member that cannot reach its broker keeps a core busy with trying. */
    private void takeAll() throws InterruptedException {
        ShareConsumer<byte[], byte[]> member = join();
        consumer = member;
        try {
            while (!stopping && kafka.awaySince().isEmpty()) {
                take(member);
            }
        } finally {
            member.close(LEAVE);
        }
    }

    private void awaitKafka() throws InterruptedException {
        while (!stopping && kafka.awaySince().isPresent()) {
            Thread.sleep(LOOK_AGAIN);
        }
    }

    private ShareConsumer<byte[], byte[]> join() {
        ShareConsumer<byte[], byte[]> member = clients.shareConsumer(
                topics.group(lane),
                Map.of(
                        "share.acknowledgement.mode", "explicit",
                        "share.acquire.mode", "record_limit",
                        "max.poll.records", "1"));
        member.setAcknowledgementCommitCallback((offsets, failure) -> {
            if (failure != null) {
                LOG.warnf("Kafka did not take an acknowledgement (%s): the task may run again", failure);
            }
        });
        member.subscribe(List.of(topics.tasks(lane)));
        return member;
    }

    private void take(ShareConsumer<byte[], byte[]> member) throws InterruptedException {
        for (ConsumerRecord<byte[], byte[]> record : member.poll(POLL)) {
            CountDownLatch settled = new CountDownLatch(1);
            dispatch(record, settled);
            ConsumerRecord<byte[], byte[]> held = record;
            while (!settled.await(RENEW_AFTER.toMillis(), TimeUnit.MILLISECONDS)) {
                held = renew(member, held);
            }
            member.acknowledge(held, AcknowledgeType.ACCEPT);
        }
    }

    private void dispatch(ConsumerRecord<byte[], byte[]> record, CountDownLatch settled) throws InterruptedException {
        if (record.deliveryCount().orElse((short) 1) > MAX_DELIVERIES) {
            try {
                Task task = TaskJson.read(record);
                Batch batch = new Batch(1, new Semaphore(0), settled::countDown);
                dispatcher.bury(record, task, "killed its process " + MAX_DELIVERIES + " times", batch);
                return;
            } catch (Malformed unreadable) {
                // The usual way says so.
            }
        }
        dispatcher.dispatch(only(record), settled::countDown);
    }

    private static ConsumerRecords<byte[], byte[]> only(ConsumerRecord<byte[], byte[]> record) {
        var partition = new org.apache.kafka.common.TopicPartition(record.topic(), record.partition());
        return new ConsumerRecords<>(Map.of(partition, List.of(record)), Map.of());
    }

    /** Keeps the lock on a task that takes long. The broker hands out the same record once more, and no other. */
    private static ConsumerRecord<byte[], byte[]> renew(
            ShareConsumer<byte[], byte[]> member, ConsumerRecord<byte[], byte[]> held) {
        member.acknowledge(held, AcknowledgeType.RENEW);
        member.commitSync();
        for (ConsumerRecord<byte[], byte[]> again : member.poll(POLL)) {
            if (again.offset() == held.offset() && again.partition() == held.partition()) {
                return again;
            }
            member.acknowledge(again, AcknowledgeType.RELEASE);
        }
        return held;
    }
}
