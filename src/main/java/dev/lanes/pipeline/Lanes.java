package dev.lanes.pipeline;

import dev.lanes.handler.Handlers;
import dev.lanes.lane.Lane;
import dev.lanes.lane.ProcessLane;
import dev.lanes.lane.ReactiveLane;
import dev.lanes.lane.SequentialLane;
import dev.lanes.lane.ThreadLane;
import dev.lanes.lane.VirtualLane;
import dev.lanes.task.LaneName;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The lanes of this process, each with the flow in front of it. */
@Singleton
public final class Lanes {
    private static final Duration PATIENCE_WITH_TASKS = Duration.ofSeconds(2);

    private final Map<LaneName, Dispatcher> dispatchers = new EnumMap<>(LaneName.class);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("lanes-timer").daemon().factory());
    private final Watchdog watchdog;

    Lanes(
            PipelineConfig config,
            Handlers handlers,
            Admission admission,
            Outcomes outcomes,
            CancelRequests cancels,
            LaneSettings settings,
            MeterRegistry meters) {
        for (LaneName name : LaneName.values()) {
            if (config.runs(name)) {
                Dispatcher dispatcher = new Dispatcher(
                        lane(name, config, timer),
                        handlers,
                        admission,
                        outcomes,
                        cancels,
                        new LaneMeter(name, meters),
                        config.timeout(),
                        config.retries(),
                        config.maxUnsettled(),
                        config.runsAsQueue(name),
                        InstantSource.system());
                show(dispatcher, meters);
                dispatchers.put(name, dispatcher);
                settings.listen(name, dispatcher::set);
            }
        }
        watchdog = Watchdog.start(List.copyOf(dispatchers.values()), outcomes, cancels, config.isWorkerProcess());
    }

    /** A lane as large as it is configured. */
    static Lane lane(LaneName name, PipelineConfig config, ScheduledExecutorService timer) {
        int concurrency = config.concurrency().getOrDefault(name.toString(), 1);
        return switch (name) {
            case SEQUENTIAL -> new SequentialLane(timer);
            case REACTIVE -> new ReactiveLane(concurrency);
            case THREAD -> new ThreadLane(concurrency, timer);
            case VIRTUAL -> new VirtualLane(concurrency, timer);
            case PROCESS -> new ProcessLane(timer);
        };
    }

    private static void show(Dispatcher dispatcher, MeterRegistry meters) {
        LaneName name = dispatcher.lane().name();
        LaneMeter.showInFlight(name, dispatcher.slots()::inFlight, dispatcher.lane()::concurrency, meters);
        if (dispatcher.lane() instanceof ReactiveLane reactive) {
            FunctionCounter.builder(
                            "lanes.event.loop.blocked.seconds",
                            reactive,
                            blocked -> blocked.loopBlocked().toNanos() / 1e9)
                    .description("For how long tasks blocked the lane's event loop")
                    .tag("lane", name.toString())
                    .register(meters);
        }
    }

    /** The flow in front of a lane; empty when this process does not run it. */
    Optional<Dispatcher> dispatcher(LaneName lane) {
        return Optional.ofNullable(dispatchers.get(lane));
    }

    /** The lanes of this process that are in a bad way, and why. */
    public Map<LaneName, String> complaints() {
        Map<LaneName, String> all = new EnumMap<>(LaneName.class);
        dispatchers.forEach((name, dispatcher) ->
                dispatcher.leftBehind().complaint().ifPresent(complaint -> all.put(name, complaint)));
        return all;
    }

    /** What each lane of this process does now. */
    List<LaneStatus> status() {
        List<LaneStatus> all = new ArrayList<>();
        dispatchers.forEach((name, dispatcher) -> all.add(new LaneStatus(
                name,
                dispatcher.lane().concurrency(),
                dispatcher.slots().inFlight(),
                dispatcher.meter().done(),
                dispatcher.meter().failed(),
                dispatcher.lane().loopBlocked(),
                dispatcher.meter().waits(),
                dispatcher.meter().runs(),
                dispatcher.meter().counts())));
        return all;
    }

    /** Comes before Kafka's clients are closed, so that what ends in time is still published. */
    void drain(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) ShutdownEvent event)
            throws InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE_WITH_TASKS);
        for (Dispatcher dispatcher : dispatchers.values()) {
            Duration left = Duration.between(Instant.now(), deadline);
            dispatcher.drain(left.isNegative() ? Duration.ZERO : left);
        }
    }

    @PreDestroy
    void close() {
        watchdog.close();
        dispatchers.values().forEach(dispatcher -> dispatcher.lane().close());
        timer.shutdownNow();
    }
}
