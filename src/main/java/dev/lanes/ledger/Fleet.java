package dev.lanes.ledger;

import dev.lanes.pipeline.Follower;
import dev.lanes.pipeline.Heartbeat;
import dev.lanes.pipeline.Heartbeats;
import dev.lanes.pipeline.KafkaClients;
import dev.lanes.pipeline.Lag;
import dev.lanes.pipeline.LaneSettings;
import dev.lanes.pipeline.PipelineConfig;
import dev.lanes.pipeline.Topics;
import dev.lanes.task.LaneName;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** All processes that are alive, and what their lanes do: a view of the heartbeats. */
@Singleton
public final class Fleet {
    private static final Logger LOG = Logger.getLogger(Fleet.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaClients clients;
    private final Topics topics;
    private final PipelineConfig pipeline;
    private final Lag lag;
    private final LaneSettings settings;
    private final String version;
    private final Map<String, Pulse> pulses = new ConcurrentHashMap<>();
    private final List<Consumer<Heartbeat>> listeners = new CopyOnWriteArrayList<>();
    private final Follower follower = new Follower("fleet", "the view of the processes", this::follow, Fleet::lost);

    Fleet(
            KafkaClients clients,
            Topics topics,
            PipelineConfig pipeline,
            Lag lag,
            LaneSettings settings,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.clients = clients;
        this.topics = topics;
        this.pipeline = pipeline;
        this.lag = lag;
        this.settings = settings;
        this.version = version;
    }

    void start(@Observes @Priority(Priorities.LEDGER) StartupEvent event) {
        if (pipeline.servesApi()) {
            follower.start();
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        follower.stop();
        follower.awaitEnd(Duration.ofSeconds(2));
    }

    /** The processes that have been heard of lately, oldest first. */
    public List<ProcessView> processes() {
        return live().map(Pulse::view)
                .sorted(Comparator.comparing(ProcessView::startedAt).thenComparing(ProcessView::pid))
                .toList();
    }

    /** The five lanes, each over all processes that run it. */
    public List<LaneView> lanes() {
        List<Pulse> live = live().toList();
        return Arrays.stream(LaneName.values())
                .map(lane -> LaneView.of(lane, live, lag.records(lane), settings.of(lane)))
                .toList();
    }

    /** Calls the listener with every heartbeat, on this view's thread. */
    public void listen(Consumer<Heartbeat> listener) {
        listeners.add(listener);
    }

    private java.util.stream.Stream<Pulse> live() {
        Instant now = Instant.now();
        return pulses.values().stream().filter(pulse -> pulse.alive(now));
    }

    private void follow() {
        TopicPartition only = new TopicPartition(topics.heartbeat(), 0);
        try (var consumer = clients.reader("fleet", Map.of("auto.offset.reset", "latest"))) {
            consumer.assign(List.of(only));
            consumer.seekToEnd(List.of(only));
            while (!follower.isStopping()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    Heartbeats.read(record.value()).ifPresent(this::take);
                }
                Instant now = Instant.now();
                pulses.values().removeIf(pulse -> pulse.longGone(now));
            }
        }
    }

    private static void lost(RuntimeException away) {
        LOG.warnf("no heartbeats can be read (%s): processes are seen again once Kafka is back", away);
    }

    private void take(Heartbeat beat) {
        pulses.compute(beat.host() + "/" + beat.pid(), (place, before) -> {
                    if (before != null && before.sameAs(beat)) {
                        return before;
                    }
                    compareVersions(beat);
                    return new Pulse(beat, before == null ? 0 : before.deathsSeen() + 1);
                })
                .add(beat);
        listeners.forEach(listener -> listener.accept(beat));
    }

    private void compareVersions(Heartbeat beat) {
        if (!beat.version().equals(version)) {
            LOG.warnf(
                    "the process %d on %s, which runs %s, is of version %s, and this one of %s: build and start all of"
                            + " them from one version, else types and records that only one of them knows will fail",
                    beat.pid(), beat.host(), String.join(", ", beat.parts()), beat.version(), version);
        }
    }
}
