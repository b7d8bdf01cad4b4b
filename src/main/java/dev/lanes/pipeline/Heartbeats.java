package dev.lanes.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lanes.task.Place;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Says once a second, over Kafka, how this process is. */
@Singleton
public final class Heartbeats {
    /** The system property in which a supervisor says how often it had to start the process again. */
    public static final String RESTARTS_PROPERTY = "lanes.restarts";

    private static final Logger LOG = Logger.getLogger(Heartbeats.class);
    private static final JsonMapper JSON = JsonMapper.builder()
            .findAndAddModules()
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private final Topics topics;
    private final Lanes lanes;
    private final PipelineConfig config;
    private final String version;
    private final Producer<byte[], byte[]> producer;
    private final Instant startedAt =
            Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
    private final Place place = Place.here();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("lanes-heartbeat").daemon().factory());

    Heartbeats(
            KafkaClients clients,
            Topics topics,
            Lanes lanes,
            PipelineConfig config,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.topics = topics;
        this.lanes = lanes;
        this.config = config;
        this.version = version;
        this.producer = clients.producer(
                "heartbeat",
                Map.of(
                        "max.block.ms", "500",
                        "request.timeout.ms", "1500",
                        "delivery.timeout.ms", "2000",
                        "linger.ms", "0",
                        "buffer.memory", "1048576"));
    }

    void start(@Observes StartupEvent event) {
        var unused = thread.scheduleWithFixedDelay(Follower.lasting("a heartbeat", this::beat), 0, 1, TimeUnit.SECONDS);
    }

    /** Reads what another process said; empty when it is no heartbeat. */
    public static Optional<Heartbeat> read(byte @Nullable [] value) {
        try {
            return value == null ? Optional.empty() : Optional.ofNullable(JSON.readValue(value, Heartbeat.class));
        } catch (IOException foreign) {
            LOG.debugf("a record is no heartbeat: %s", foreign.getMessage());
            return Optional.empty();
        }
    }

    private void beat() {
        try {
            byte[] key = (place.host() + "/" + place.pid()).getBytes(StandardCharsets.UTF_8);
            var unused = producer.send(new ProducerRecord<>(topics.heartbeat(), key, JSON.writeValueAsBytes(now())));
        } catch (JsonProcessingException | KafkaException away) {
            LOG.debugf("no heartbeat: %s", away);
        }
    }

    private Heartbeat now() {
        return new Heartbeat(
                place.host(),
                place.pid(),
                version,
                Instant.now(),
                startedAt,
                config.run().stream().sorted().toList(),
                Integer.getInteger(RESTARTS_PROPERTY, 0),
                cpuNanos() / 1e9,
                ResidentMemory.bytes(),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                lanes.status().stream().map(Heartbeats::beat).toList(),
                allocatedBytes());
    }

    private static Heartbeat.LaneBeat beat(LaneStatus status) {
        return new Heartbeat.LaneBeat(
                status.lane().toString(),
                status.concurrency(),
                status.running(),
                status.done(),
                status.failed(),
                status.loopBlocked().toMillis(),
                compressed(status.waits()),
                compressed(status.runs()),
                status.counts());
    }

    private static byte[] compressed(Histogram histogram) {
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return Arrays.copyOf(buffer.array(), length);
    }

    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    private static @Nullable Long allocatedBytes() {
        return ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads
                        && threads.getTotalThreadAllocatedBytes() >= 0
                ? threads.getTotalThreadAllocatedBytes()
                : null;
    }

    void stop(@Observes ShutdownEvent event) {
        thread.shutdownNow();
    }
}
