package dev.lanes.pipeline;

import dev.lanes.task.LaneName;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaConnectorIncomingConfiguration;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.smallrye.reactive.messaging.kafka.commit.KafkaCommitHandler;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Commits the progress of the lanes that read as a consumer group: at intervals, again where Kafka did not take it, and
 * before a partition goes to another instance.
 */
@ApplicationScoped
@Identifier(Commits.STRATEGY)
class Commits implements KafkaCommitHandler.Factory {
    /** Its name in the settings of a channel. */
    static final String STRATEGY = "lanes";

    /** The channel from which a lane reads is named after it. */
    private static final String TASKS_FROM = "tasks-";

    private static final Logger LOG = Logger.getLogger(Commits.class);
    /** The group waits for us meanwhile, and with it who joins or leaves. */
    private static final Duration PATIENCE_WITH_TASKS = Duration.ofSeconds(1);

    private static final Duration PATIENCE_WITH_KAFKA = Duration.ofSeconds(2);

    private final Map<LaneName, Progress> progress = new EnumMap<>(LaneName.class);

    Commits() {
        for (LaneName lane : LaneName.values()) {
            progress.put(lane, new Progress());
        }
    }

    Progress progress(LaneName lane) {
        return Objects.requireNonNull(progress.get(lane));
    }

    private static LaneName lane(String channel) {
        return LaneName.parse(channel.substring(TASKS_FROM.length())).orElseThrow();
    }

    @Override
    public KafkaCommitHandler create(
            KafkaConnectorIncomingConfiguration config,
            Vertx vertx,
            KafkaConsumer<?, ?> consumer,
            BiConsumer<Throwable, Boolean> reportFailure) {
        return new Handler(
                progress(lane(config.getChannel())),
                vertx,
                consumer,
                config.config().getValue(ConsumerConfig.AUTO_COMMIT_INTERVAL_MS_CONFIG, Integer.class));
    }

    private static final class Handler implements KafkaCommitHandler {
        private final Progress progress;
        private final Vertx vertx;
        private final KafkaConsumer<?, ?> consumer;
        private final AtomicBoolean committing = new AtomicBoolean();
        private final long timer;

        Handler(Progress progress, Vertx vertx, KafkaConsumer<?, ?> consumer, int everyMillis) {
            this.progress = progress;
            this.vertx = vertx;
            this.consumer = consumer;
            this.timer = vertx.setPeriodic(everyMillis, tick -> commit());
        }

        /** We commit by what the dispatcher says, not by what the connector hears. */
        @Override
        public <K, V> Uni<Void> handle(IncomingKafkaRecord<K, V> record) {
            return Uni.createFrom().voidItem();
        }

        @Override
        public void partitionsAssigned(Collection<TopicPartition> partitions) {
            int generation = consumer.unwrap().groupMetadata().generationId();
            progress.assigned(partitions, generation, committed(partitions));
        }

        private Map<TopicPartition, OffsetAndMetadata> committed(Collection<TopicPartition> partitions) {
            try {
                return consumer.unwrap().committed(Set.copyOf(partitions), PATIENCE_WITH_KAFKA);
            } catch (KafkaException away) {
                LOG.debugf("what was done ahead of the committed offsets runs again: %s", away);
                return Map.of();
            }
        }

        @Override
        public void partitionsRevoked(Collection<TopicPartition> partitions) {
            try {
                progress.finish(partitions, PATIENCE_WITH_TASKS);
                Map<TopicPartition, OffsetAndMetadata> offsets = progress.uncommitted();
                consumer.unwrap().commitSync(offsets, PATIENCE_WITH_KAFKA);
                progress.committed(offsets);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            } catch (KafkaException late) {
                LOG.debugf("what was done last in partitions that others have now may run again: %s", late);
            } finally {
                progress.revoked(partitions);
            }
        }

        @Override
        public void terminate(boolean graceful) {
            vertx.cancelTimer(timer);
            Map<TopicPartition, OffsetAndMetadata> offsets = progress.uncommitted();
            if (offsets.isEmpty()) {
                return;
            }
            try {
                consumer.commit(offsets).await().atMost(PATIENCE_WITH_KAFKA);
            } catch (RuntimeException away) {
                LOG.debugf("what was done last may run again: %s", away);
            }
        }

        private void commit() {
            Map<TopicPartition, OffsetAndMetadata> offsets = progress.uncommitted();
            if (!offsets.isEmpty() && committing.compareAndSet(false, true)) {
                consumer.commitAsync(offsets)
                        .onTermination()
                        .invoke(() -> committing.set(false))
                        .subscribe()
                        .with(
                                done -> progress.committed(offsets),
                                failure -> LOG.debugf("Kafka did not take a commit, we try again: %s", failure));
            }
        }
    }
}
