package dev.lanes.process;

import dev.lanes.ledger.Fleet;
import dev.lanes.ledger.ProcessView;
import dev.lanes.pipeline.BrokerWatch;
import dev.lanes.pipeline.Follower;
import dev.lanes.pipeline.Heartbeats;
import dev.lanes.pipeline.LaneSetting;
import dev.lanes.pipeline.LaneSettings;
import dev.lanes.task.LaneName;
import dev.lanes.task.Place;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Starts the worker processes, and keeps them alive: one that dies, or falls silent, is replaced. */
@Singleton
public final class WorkerProcesses {
    private static final Logger LOG = Logger.getLogger(WorkerProcesses.class);
    private static final int BEFORE_KAFKA = 50;
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private final ProcessConfig config;
    private final LaneJvms jvms;
    private final Fleet fleet;
    private final BrokerWatch kafka;
    private final LaneSettings settings;
    private final List<Supervised> workers = new CopyOnWriteArrayList<>();
    private final Hearing hearing = new Hearing(System::nanoTime);
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("lanes-process-watch").daemon().factory());

    WorkerProcesses(ProcessConfig config, LaneJvms jvms, Fleet fleet, BrokerWatch kafka, LaneSettings settings) {
        this.config = config;
        this.jvms = jvms;
        this.fleet = fleet;
        this.kafka = kafka;
        this.settings = settings;
    }

    /** The first one comes up while Kafka and this process still do, so that the lane runs about as soon as the others. */
    void startFirst(@Observes @Priority(BEFORE_KAFKA) StartupEvent event) {
        if (config.process().count() > 0 && !jvms.packaged()) {
            LOG.warnf("no worker processes, as there is no packaged application at %s: run ./mvnw package", jvms.app());
            return;
        }
        startUpTo(Math.min(1, config.process().count()));
    }

    void startAll(@Observes StartupEvent event) {
        if (supervises()) {
            settings.listen(LaneName.PROCESS, wanted -> watch.execute(() -> fit(wanted)));
        }
        var unused = watch.scheduleWithFixedDelay(
                Follower.lasting("the watch over the worker processes", this::look), 1, 1, TimeUnit.SECONDS);
    }

    /** Whether this process has some, and can be told to have more or fewer. */
    public boolean supervises() {
        return config.process().count() > 0 && jvms.packaged();
    }

    private void fit(LaneSetting wanted) {
        Integer asked = wanted.concurrency();
        int count = asked == null ? config.process().count() : asked;
        startUpTo(count);
        List<Supervised> surplus = List.copyOf(workers.subList(Math.min(count, workers.size()), workers.size()));
        workers.removeAll(surplus);
        surplus.forEach(Supervised::stop);
        surplus.forEach(Supervised::close);
    }

    private void startUpTo(int count) {
        for (int number = workers.size() + 1; number <= count; number++) {
            String name = "process-" + number;
            workers.add(Supervised.start(name, restarts -> command(name, restarts)));
        }
    }

    private ChildJvm command(String name, int restarts) {
        return jvms.worker(name, Map.of(Heartbeats.RESTARTS_PROPERTY, Integer.toString(restarts)));
    }

    /** A process that lives but has said nothing for long is stuck, and is replaced. */
    private void look() {
        if (kafka.awaySince().isPresent()) {
            hearing.hearsNobody();
            return;
        }
        hearing.hears(fleet.processes().stream()
                .filter(process -> process.host().equals(Place.hostName()))
                .map(ProcessView::pid)
                .toList());
        for (Supervised worker : workers) {
            Optional<Long> silent = Optional.ofNullable(worker.process())
                    .filter(Process::isAlive)
                    .map(Process::pid)
                    .filter(pid -> hearing.silence(pid).compareTo(SILENCE) > 0);
            silent.ifPresent(pid -> {
                LOG.warnf("the worker process %d has been silent for %d s: it is replaced", pid, SILENCE.toSeconds());
                worker.kill();
            });
        }
        hearing.forgetIf(pid -> ProcessHandle.of(pid).isEmpty());
    }

    void stop(@Observes ShutdownEvent event) {
        watch.shutdownNow();
        workers.forEach(Supervised::stop);
        workers.forEach(Supervised::close);
    }
}
