package dev.lanes.pipeline;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Asks Kafka every two seconds whether it is there. */
@Singleton
public final class BrokerWatch {
    private static final Logger LOG = Logger.getLogger(BrokerWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final KafkaClients clients;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("lanes-broker-watch").daemon().factory());
    private volatile @Nullable Admin admin;
    private volatile @Nullable Instant awaySince = Instant.now();

    BrokerWatch(KafkaClients clients, MeterRegistry meters) {
        this.clients = clients;
        Gauge.builder("lanes.kafka.up", () -> awaySince == null ? 1 : 0)
                .description("Whether Kafka answers this process")
                .register(meters);
    }

    void start(@Observes StartupEvent event) {
        var unused = thread.scheduleWithFixedDelay(
                Follower.lasting("the watch over Kafka", this::look), 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Since when Kafka has not answered; empty while it does. */
    public Optional<Instant> awaySince() {
        return Optional.ofNullable(awaySince);
    }

    private void look() {
        try {
            Admin asked = admin;
            if (asked == null) {
                asked = clients.admin(PATIENCE);
                admin = asked;
            }
            asked.describeCluster().nodes().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (awaySince != null) {
                LOG.infof("Kafka answers at %s", clients.bootstrapServers());
                awaySince = null;
            }
        } catch (ExecutionException | TimeoutException | RuntimeException away) {
            if (awaySince == null) {
                awaySince = Instant.now();
                LOG.warnf("Kafka does not answer at %s: tasks wait until it is back", clients.bootstrapServers());
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        thread.shutdownNow();
    }
}
