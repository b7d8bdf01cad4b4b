package dev.lanes.pipeline;

import dev.lanes.task.LaneName;
import dev.lanes.task.Task;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
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
 * The source of the process lane: this process is one member of a share group, which is a queue. It takes one task,
 * sees it through and acknowledges it alone, so that any free process takes the next.
 *
 * @see <a href="https://cwiki.apache.org/confluence/display/KAFKA/KIP-932%3A+Queues+for+Kafka">KIP-932</a>
 */
@Singleton
public final class ShareGroupSource {
    private static final Logger LOG = Logger.getLogger(ShareGroupSource.class);
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
    private final Lanes lanes;
    private final PipelineConfig config;
    private final BrokerWatch kafka;
    private volatile boolean stopping;
    private @Nullable Thread thread;
    private volatile @Nullable ShareConsumer<byte[], byte[]> consumer;

    ShareGroupSource(KafkaClients clients, Topics topics, Lanes lanes, PipelineConfig config, BrokerWatch kafka) {
        this.clients = clients;
        this.topics = topics;
        this.lanes = lanes;
        this.config = config;
        this.kafka = kafka;
    }

    void start(@Observes StartupEvent event) {
        if (config.runs(LaneName.PROCESS)) {
            thread = Thread.ofPlatform().name("lanes-process-source").daemon().start(this::run);
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        ShareConsumer<byte[], byte[]> member = consumer;
        Thread running = thread;
        if (member != null && running != null) {
            member.wakeup();
            running.join(Duration.ofSeconds(2));
        }
    }

    private void run() {
        Dispatcher dispatcher = lanes.dispatcher(LaneName.PROCESS).orElseThrow();
        while (!stopping) {
            try {
                awaitKafka();
                takeAll(dispatcher);
            } catch (WakeupException | InterruptedException stop) {
                LOG.debug("the process lane stops");
            } catch (KafkaException | IllegalStateException lost) {
                LOG.warnf("the process lane lost its place in the share group (%s): it joins again", lost);
            }
        }
    }

    /** Until we stop, or Kafka goes: a member that cannot reach its broker keeps a core busy with trying. */
    private void takeAll(Dispatcher dispatcher) throws InterruptedException {
        ShareConsumer<byte[], byte[]> member = join();
        consumer = member;
        try {
            while (!stopping && kafka.awaySince().isEmpty()) {
                take(member, dispatcher);
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
                topics.group(LaneName.PROCESS),
                Map.of(
                        "share.acknowledgement.mode", "explicit",
                        "share.acquire.mode", "record_limit",
                        "max.poll.records", "1"));
        member.setAcknowledgementCommitCallback((offsets, failure) -> {
            if (failure != null) {
                LOG.warnf("Kafka did not take an acknowledgement (%s): the task may run again", failure);
            }
        });
        member.subscribe(List.of(topics.tasks(LaneName.PROCESS)));
        return member;
    }

    private void take(ShareConsumer<byte[], byte[]> member, Dispatcher dispatcher) throws InterruptedException {
        for (ConsumerRecord<byte[], byte[]> record : member.poll(POLL)) {
            CountDownLatch settled = new CountDownLatch(1);
            dispatch(record, dispatcher, settled);
            ConsumerRecord<byte[], byte[]> held = record;
            while (!settled.await(RENEW_AFTER.toMillis(), TimeUnit.MILLISECONDS)) {
                held = renew(member, held);
            }
            member.acknowledge(held, AcknowledgeType.ACCEPT);
        }
    }

    private static void dispatch(ConsumerRecord<byte[], byte[]> record, Dispatcher dispatcher, CountDownLatch settled)
            throws InterruptedException {
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
