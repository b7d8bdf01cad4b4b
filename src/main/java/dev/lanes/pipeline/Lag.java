package dev.lanes.pipeline;

import dev.lanes.task.LaneName;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** How many records of each lane wait to be acknowledged, asked of Kafka every two seconds. */
@Singleton
public final class Lag {
    private static final Logger LOG = Logger.getLogger(Lag.class);
    private static final long INTERVAL_MS = 2000;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final KafkaClients clients;
    private final Topics topics;
    private final PipelineConfig config;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("lanes-lag").daemon().factory());
    private volatile Map<LaneName, Long> lag = Map.of();
    private @Nullable Admin admin;

    Lag(KafkaClients clients, Topics topics, PipelineConfig config, MeterRegistry meters) {
        this.clients = clients;
        this.topics = topics;
        this.config = config;
        if (config.servesApi()) {
            for (LaneName lane : LaneName.values()) {
                Gauge.builder("lanes.lag.records", () -> figure(records(lane)))
                        .description("Records of the lane's topic that are not acknowledged yet")
                        .tag("lane", lane.toString())
                        .register(meters);
            }
        }
    }

    void start(@Observes StartupEvent event) {
        if (config.servesApi()) {
            var unused = thread.scheduleWithFixedDelay(
                    Follower.lasting("the look at the lag", this::look), 0, INTERVAL_MS, TimeUnit.MILLISECONDS);
        }
    }

    /** The records of a lane's topic that are not acknowledged; empty until Kafka has answered once. */
    public OptionalLong records(LaneName lane) {
        Long known = lag.get(lane);
        return known == null ? OptionalLong.empty() : OptionalLong.of(known);
    }

    private static double figure(OptionalLong known) {
        return known.isPresent() ? known.getAsLong() : Double.NaN;
    }

    private void look() {
        try {
            Admin asked = admin;
            if (asked == null) {
                asked = clients.admin(PATIENCE);
                admin = asked;
            }
            lag = ask(asked);
        } catch (ExecutionException | RuntimeException away) {
            LOG.debugf("no lag: %s", away);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<LaneName, Long> ask(Admin asked) throws ExecutionException, InterruptedException {
        Map<LaneName, List<TopicPartition>> partitions = partitions(asked);
        Map<TopicPartition, Long> first = offsets(asked, partitions, OffsetSpec.earliest());
        Map<TopicPartition, Long> end = offsets(asked, partitions, OffsetSpec.latest());
        Map<LaneName, Long> answer = new EnumMap<>(LaneName.class);
        for (var entry : partitions.entrySet()) {
            Map<TopicPartition, Long> settled = settled(asked, entry.getKey(), entry.getValue(), end);
            answer.put(
                    entry.getKey(),
                    entry.getValue().stream()
                            .mapToLong(partition -> Math.max(
                                    0,
                                    end.getOrDefault(partition, 0L)
                                            - settled.getOrDefault(partition, first.getOrDefault(partition, 0L))))
                            .sum());
        }
        return answer;
    }

    private Map<LaneName, List<TopicPartition>> partitions(Admin asked)
            throws ExecutionException, InterruptedException {
        return asked.describeTopics(topics.allTasks()).allTopicNames().get().values().stream()
                .collect(Collectors.toMap(
                        topic -> Topics.laneOf(topic.name()),
                        topic -> IntStream.range(0, topic.partitions().size())
                                .mapToObj(number -> new TopicPartition(topic.name(), number))
                                .toList()));
    }

    private static Map<TopicPartition, Long> offsets(
            Admin asked, Map<LaneName, List<TopicPartition>> partitions, OffsetSpec spec)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> wanted = partitions.values().stream()
                .flatMap(List::stream)
                .collect(Collectors.toMap(Function.identity(), partition -> spec));
        return asked.listOffsets(wanted).all().get().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        (Map.Entry<TopicPartition, ListOffsetsResultInfo> entry) ->
                                entry.getValue().offset()));
    }

    private Map<TopicPartition, Long> settled(
            Admin asked, LaneName lane, List<TopicPartition> partitions, Map<TopicPartition, Long> end)
            throws ExecutionException, InterruptedException {
        String group = topics.group(lane);
        Map<TopicPartition, Long> settled = new java.util.HashMap<>();
        if (lane == LaneName.PROCESS) {
            asked.listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec().topicPartitions(partitions)))
                    .partitionsToOffsetInfo(group)
                    .get()
                    .forEach((partition, info) -> {
                        if (info != null) {
                            // The start of what is not settled is written down with the acknowledgement after; the
                            // lag is exact.
                            info.lag().ifPresent(lag -> settled.put(partition, end.getOrDefault(partition, 0L) - lag));
                        }
                    });
        } else {
            Map<TopicPartition, OffsetAndMetadata> committed = asked.listConsumerGroupOffsets(
                            Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(partitions)))
                    .partitionsToOffsetAndMetadata(group)
                    .get();
            committed.forEach((partition, offset) -> {
                if (offset != null) {
                    settled.put(partition, offset.offset());
                }
            });
        }
        return settled;
    }

    void stop(@Observes ShutdownEvent event) {
        thread.shutdownNow();
    }
}
