package dev.lanes.pipeline;

import dev.lanes.task.LaneName;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The source of the lanes inside this process: each reads its topic as a member of a consumer group, a batch at a time.
 * A batch makes room for the next when its last task is admitted, and is acknowledged when its last outcome is in
 * Kafka, so that several are under way and may end in any order.
 */
@ApplicationScoped
public class ConsumerGroupSource {
    private static final Logger LOG = Logger.getLogger(ConsumerGroupSource.class);

    private final Lanes lanes;
    private final Queue<ExecutorService> threads = new ConcurrentLinkedQueue<>();

    ConsumerGroupSource(Lanes lanes) {
        this.lanes = lanes;
    }

    @Incoming("tasks-sequential")
    Flow.Subscriber<Message<ConsumerRecords<byte[], byte[]>>> sequential() {
        return subscriber(LaneName.SEQUENTIAL);
    }

    @Incoming("tasks-reactive")
    Flow.Subscriber<Message<ConsumerRecords<byte[], byte[]>>> reactive() {
        return subscriber(LaneName.REACTIVE);
    }

    @Incoming("tasks-thread")
    Flow.Subscriber<Message<ConsumerRecords<byte[], byte[]>>> thread() {
        return subscriber(LaneName.THREAD);
    }

    @Incoming("tasks-virtual")
    Flow.Subscriber<Message<ConsumerRecords<byte[], byte[]>>> virtual() {
        return subscriber(LaneName.VIRTUAL);
    }

    private Flow.Subscriber<Message<ConsumerRecords<byte[], byte[]>>> subscriber(LaneName lane) {
        ExecutorService thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("lanes-" + lane + "-dispatch").daemon().factory());
        threads.add(thread);
        return new BatchSubscriber(lane, thread);
    }

    @PreDestroy
    void stop() {
        threads.forEach(ExecutorService::shutdownNow);
    }

    /** Hands one batch after the other to the lane's dispatcher, on a thread that may wait for room. */
    private final class BatchSubscriber implements Flow.Subscriber<Message<ConsumerRecords<byte[], byte[]>>> {
        private final LaneName lane;
        private final ExecutorService thread;
        private Flow.@Nullable Subscription upstream;

        BatchSubscriber(LaneName lane, ExecutorService thread) {
            this.lane = lane;
            this.thread = thread;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            upstream = subscription;
            subscription.request(1);
        }

        @Override
        public void onNext(Message<ConsumerRecords<byte[], byte[]>> batch) {
            thread.execute(() -> admit(batch));
        }

        private void admit(Message<ConsumerRecords<byte[], byte[]>> batch) {
            Dispatcher dispatcher = lanes.dispatcher(lane).orElseThrow();
            try {
                dispatcher.dispatch(batch.getPayload(), () -> {
                    var unused = batch.ack();
                });
                if (upstream != null) {
                    upstream.request(1);
                }
            } catch (InterruptedException stopping) {
                LOG.debugf("%s stops; what it had not finished comes again", lane);
            }
        }

        @Override
        public void onError(Throwable failure) {
            LOG.errorf(failure, "the lane %s no longer reads from Kafka: restart this process", lane);
        }

        @Override
        public void onComplete() {
            LOG.debugf("%s has been disconnected", lane);
        }
    }
}
