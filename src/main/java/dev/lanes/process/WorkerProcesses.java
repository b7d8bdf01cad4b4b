package dev.lanes.process;

import dev.lanes.ledger.Fleet;
import dev.lanes.ledger.ProcessView;
import dev.lanes.pipeline.BrokerWatch;
import dev.lanes.pipeline.Heartbeats;
import dev.lanes.pipeline.KafkaClients;
import dev.lanes.task.Place;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Starts the worker processes, and keeps them alive: one that dies, or falls silent, is replaced. */
@Singleton
public final class WorkerProcesses {
    private static final Logger LOG = Logger.getLogger(WorkerProcesses.class);
    private static final int BEFORE_KAFKA = 50;
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private final ProcessConfig config;
    private final KafkaClients clients;
    private final Fleet fleet;
    private final BrokerWatch kafka;
    private final String allowedUrls;
    private final List<Supervised> workers = new ArrayList<>();
    private final Map<Long, Long> heardAtNanos = new HashMap<>();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("lanes-process-watch").daemon().factory());

    WorkerProcesses(
            ProcessConfig config,
            KafkaClients clients,
            Fleet fleet,
            BrokerWatch kafka,
            @ConfigProperty(name = "lanes.http.allow") String allowedUrls) {
        this.config = config;
        this.clients = clients;
        this.fleet = fleet;
        this.kafka = kafka;
        this.allowedUrls = allowedUrls;
    }

    /** The first one comes up while Kafka and this process still do, so that the lane runs about as soon as the others. */
    void startFirst(@Observes @Priority(BEFORE_KAFKA) StartupEvent event) {
        if (config.process().count() > 0 && !installation().packaged()) {
            LOG.warnf(
                    "no worker processes, as there is no packaged application at %s: run ./mvnw package",
                    config.app().toAbsolutePath());
            return;
        }
        startUpTo(Math.min(1, config.process().count()));
    }

    void startAll(@Observes StartupEvent event) {
        if (!workers.isEmpty()) {
            startUpTo(config.process().count());
        }
        var unused = watch.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    private void startUpTo(int count) {
        for (int number = workers.size() + 1; number <= count; number++) {
            String name = "process-" + number;
            workers.add(Supervised.start(name, restarts -> command(name, restarts)));
        }
    }

    private Installation installation() {
        return new Installation(config.app(), config.brokerLib());
    }

    private ChildJvm command(String name, int restarts) {
        Map<String, String> properties = ownSettings();
        properties.put("lanes.run", "process");
        properties.put("lanes.process.count", "0");
        properties.put("lanes.kafka.embedded", "false");
        properties.put("lanes.home", config.home().toAbsolutePath().toString());
        properties.put("lanes.http.allow", allowedUrls);
        properties.put(Heartbeats.RESTARTS_PROPERTY, Integer.toString(restarts));
        properties.put("kafka.bootstrap.servers", clients.bootstrapServers());
        properties.put("quarkus.http.host-enabled", "false");
        try {
            return new ChildJvm(
                    name,
                    installation().application(),
                    List.of("-Xmx" + config.process().heap(), "-XX:+UseSerialGC"),
                    List.of(),
                    properties,
                    GRACE,
                    Logs.file(config.home(), name));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write below " + config.home() + ": set LANES_HOME", e);
        }
    }

    /** What this process was told by system properties; what it was told by its environment, a child inherits. */
    private static Map<String, String> ownSettings() {
        Properties all = System.getProperties();
        return all.stringPropertyNames().stream()
                .filter(name -> name.startsWith("lanes.") || name.startsWith("kafka."))
                .collect(Collectors.toMap(Function.identity(), all::getProperty, (one, same) -> one, TreeMap::new));
    }

    /** A process that lives but has said nothing for long is stuck, and is replaced. */
    private void look() {
        long now = System.nanoTime();
        if (kafka.awaySince().isPresent()) {
            // Nobody can be heard.
            heardAtNanos.replaceAll((pid, heardAt) -> now);
            return;
        }
        for (ProcessView process : fleet.processes()) {
            if (process.host().equals(Place.hostName())) {
                heardAtNanos.put(process.pid(), now);
            }
        }
        for (Supervised worker : workers) {
            Optional<Long> silent = Optional.ofNullable(worker.process())
                    .filter(Process::isAlive)
                    .map(Process::pid)
                    .filter(pid -> now - heardAtNanos.getOrDefault(pid, now) > SILENCE.toNanos());
            silent.ifPresent(pid -> {
                LOG.warnf("the worker process %d has been silent for %d s: it is replaced", pid, SILENCE.toSeconds());
                worker.kill();
            });
        }
        heardAtNanos.keySet().removeIf(pid -> ProcessHandle.of(pid).isEmpty());
    }

    void stop(@Observes ShutdownEvent event) {
        watch.shutdownNow();
        workers.forEach(Supervised::stop);
        workers.forEach(Supervised::close);
    }
}
