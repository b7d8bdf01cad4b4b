package dev.lanes.process;

import dev.lanes.pipeline.CannotStart;
import dev.lanes.pipeline.KafkaClients;
import dev.lanes.pipeline.PipelineConfig;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs Kafka in a process of its own where no other Kafka is named. Its data lie under the home folder, and stay
 * between runs. In dev mode it outlives a reload of the application.
 */
@Singleton
public final class EmbeddedBroker {
    /** Before the topics are made. */
    private static final int PRIORITY = 100;

    private static final Logger LOG = Logger.getLogger(EmbeddedBroker.class);
    /** What is set by the application itself lies at or below this. */
    private static final int APPLICATION_PROPERTIES = 250;
    /** Longer than a broker has to end when its application has gone. */
    private static final Duration TO_END = Duration.ofSeconds(5);

    private final ProcessConfig config;
    private final PipelineConfig pipeline;
    private final KafkaClients clients;
    private final LaunchMode mode;
    private @Nullable Supervised broker;

    EmbeddedBroker(ProcessConfig config, PipelineConfig pipeline, KafkaClients clients, LaunchMode mode) {
        this.config = config;
        this.pipeline = pipeline;
        this.clients = clients;
        this.mode = mode;
    }

    void start(@Observes @Priority(PRIORITY) StartupEvent event) {
        if (!config.kafka().embedded().orElseGet(this::nobodyNamedAnother)) {
            return;
        }
        if (mode == LaunchMode.DEVELOPMENT ? listening() : keepsListening()) {
            if (mode != LaunchMode.DEVELOPMENT) {
                throw CannotStart.because(
                        "the port " + config.kafka().port() + " is in use, and Kafka needs it: choose another with"
                                + " LANES_KAFKA_PORT, or set KAFKA_BOOTSTRAP_SERVERS to use the Kafka that listens there");
            }
            LOG.infof("Kafka still runs at the port %d", config.kafka().port());
            return;
        }
        long begun = System.nanoTime();
        broker = Supervised.start("kafka", this::command);
        awaitPort(broker);
        LOG.infof(
                "Kafka runs on 127.0.0.1:%d after %d ms, data in %s",
                config.kafka().port(),
                (System.nanoTime() - begun) / 1_000_000,
                brokerJvm().folder());
    }

    /** Its process, where this one has started it. */
    public Optional<ProcessHandle> process() {
        return Optional.ofNullable(broker).map(Supervised::process).map(Process::toHandle);
    }

    private boolean nobodyNamedAnother() {
        var servers = ConfigProvider.getConfig().getConfigValue("kafka.bootstrap.servers");
        return pipeline.servesApi() && servers.getSourceOrdinal() <= APPLICATION_PROPERTIES;
    }

    private BrokerJvm brokerJvm() {
        Program program = new Installation(config.app(), config.brokerLib()).broker();
        return new BrokerJvm(
                program, config.home(), config.kafka().port(), config.kafka().heap());
    }

    private ChildJvm command(int restarts) {
        BrokerJvm broker = brokerJvm();
        try {
            return broker.jvm();
        } catch (IOException e) {
            throw CannotStart.because(
                    "cannot write to " + broker.folder() + " (" + e.getMessage() + "): set LANES_HOME");
        }
    }

    private void awaitPort(Supervised started) {
        long deadline = System.nanoTime() + config.kafka().patience().toNanos();
        while (!listening()) {
            Process process = started.process();
            if (process != null && !process.isAlive()) {
                throw fail(started, "Kafka ended while starting");
            }
            if (System.nanoTime() > deadline) {
                throw fail(
                        started,
                        "Kafka did not start within "
                                + config.kafka().patience().toSeconds() + " s");
            }
            pause();
        }
    }

    private RuntimeException fail(Supervised started, String what) {
        started.close();
        return CannotStart.because(what + ": " + config.home().resolve("logs").resolve("kafka.log") + " says why");
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException stop) {
            throw CannotStart.because("interrupted while Kafka started");
        }
    }

    /** Whether somebody has the port who does not just end, as the Kafka of an application that was killed does. */
    private boolean keepsListening() {
        long deadline = System.nanoTime() + TO_END.toNanos();
        while (listening()) {
            if (System.nanoTime() > deadline) {
                return true;
            }
            pause();
        }
        return false;
    }

    private boolean listening() {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), config.kafka().port()),
                    500);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    @PreDestroy
    void stop() {
        if (broker != null && mode != LaunchMode.DEVELOPMENT) {
            // Kafka's clients end before Kafka, so that none of them waits for it in vain.
            clients.close();
            broker.close();
        }
    }
}
