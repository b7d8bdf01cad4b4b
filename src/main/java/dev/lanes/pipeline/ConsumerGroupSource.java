package dev.lanes.pipeline;

import dev.lanes.task.LaneName;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordBatchMetadata;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The source of the lanes inside this process: each reads its topic as a member of a consumer group. What a poll gives
 * makes room for the next when its last task is admitted, not when that is done: tasks may end in any order.
 */
@ApplicationScoped
public class ConsumerGroupSource {
    private static final Logger LOG = Logger.getLogger(ConsumerGroupSource.class);

    private final Lanes lanes;
    private final Commits commits;
    private final Queue<ExecutorService> threads = new ConcurrentLinkedQueue<>();

    ConsumerGroupSource(Lanes lanes, @Identifier(Commits.STRATEGY) Commits commits) {
        this.lanes = lanes;
        this.commits = commits;
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
            ConsumerRecords<byte[], byte[]> records = batch.getPayload();
            int generation = batch.getMetadata(IncomingKafkaRecordBatchMetadata.class)
                    .orElseThrow()
                    .getConsumerGroupGenerationId();
            try {
                for (TopicPartition partition : records.partitions()) {
                    admit(records.records(partition), generation, dispatcher);
                }
            } catch (InterruptedException stopping) {
                LOG.debugf("%s stops; what it had not finished comes again", lane);
                return;
            } catch (Throwable unexpected) {
                // The lane must not stand still over it, with nobody told.
                LOG.errorf(
                        unexpected,
                        "%s goes on behind records that it could not take in: they run after a restart of this process",
                        lane);
            }
            if (upstream != null) {
                upstream.request(1);
            }
        }

        private void admit(List<ConsumerRecord<byte[], byte[]>> records, int generation, Dispatcher dispatcher)
                throws InterruptedException {
            Progress progress = commits.progress(lane);
            for (int from = 0; from < records.size(); ) {
                int end = endOfBatch(records, from);
                List<ConsumerRecord<byte[], byte[]>> some = records.subList(from, end);
                Batch batch = dispatcher.batch(some);
                dispatcher.dispatch(progress.take(some, generation, batch), batch);
                from = end;
            }
        }

        private static int endOfBatch(List<ConsumerRecord<byte[], byte[]>> records, int from) {
            int end = Math.min(records.size(), from + Batch.SPAN);
            // In a compacted topic, or with transactions, offsets have gaps.
            while (records.get(end - 1).offset() - records.get(from).offset() >= Batch.SPAN) {
                end--;
            }
            return end;
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
