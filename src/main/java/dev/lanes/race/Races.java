package dev.lanes.race;

import dev.lanes.handler.Handlers;
import dev.lanes.ledger.Fleet;
import dev.lanes.pipeline.Courses;
import dev.lanes.pipeline.PipelineConfig;
import dev.lanes.process.LaneJvms;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The races of this process, one at a time: another one waits for its turn. Their reports are kept in Kafka. */
@Singleton
public final class Races {
    /** How many reports are remembered, and how many races may wait. */
    public static final int KEPT = 200;

    public static final int MAX_WAITING = 20;

    private static final Logger LOG = Logger.getLogger(Races.class);
    private static final long PATIENCE_SECONDS = 10;

    private final Courses courses;
    private final LaneJvms jvms;
    private final Handlers handlers;
    private final Fleet fleet;
    private final KeptReports kept;
    private final PipelineConfig config;
    private final String version;
    private final BroadcastProcessor<RaceReport> progress = BroadcastProcessor.create();
    private final ExecutorService turns = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("lanes-race").daemon().factory());

    /** Guarded by itself; the oldest first. */
    private final Map<String, RaceReport> reports = new LinkedHashMap<>();
    /** Those that have not ended; guarded by {@code reports}. */
    private final Map<String, Future<?>> running = new LinkedHashMap<>();

    Races(
            Courses courses,
            LaneJvms jvms,
            Handlers handlers,
            Fleet fleet,
            KeptReports kept,
            PipelineConfig config,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.courses = courses;
        this.jvms = jvms;
        this.handlers = handlers;
        this.fleet = fleet;
        this.kept = kept;
        this.config = config;
        this.version = version;
    }

    void start(@Observes StartupEvent event) {
        if (config.servesApi()) {
            turns.execute(this::remember);
        }
    }

    private void remember() {
        try {
            List<RaceReport> earlier = kept.earlier();
            synchronized (reports) {
                earlier.forEach(report -> reports.putIfAbsent(report.id(), report));
                forgetOldest();
            }
            courses.clearAway(Instant.now());
        } catch (IOException | RuntimeException unreadable) {
            LOG.warnf("earlier races are not shown: %s", unreadable.getMessage());
        }
    }

    /** Why such a race cannot be run here; empty when it can. */
    public Optional<String> hindrance(RaceRequest request) {
        synchronized (reports) {
            if (running.size() >= MAX_WAITING) {
                return Optional.of(MAX_WAITING + " races wait already: let them end, or cancel some");
            }
        }
        if (request.mode() == RaceRequest.Mode.TOGETHER) {
            return Optional.empty();
        }
        return jvms.packaged()
                ? Memory.hindrance(InTurnRace.jvms(request))
                : Optional.of("there is no packaged application at " + jvms.app() + ": run ./mvnw package");
    }

    /** Starts a race, as soon as those before it have ended. */
    public RaceReport start(RaceRequest request) {
        synchronized (reports) {
            RaceReport waiting = Reports.waiting(freeId(), request, Environment.here(version, flags(request)));
            reports.put(waiting.id(), waiting);
            running.put(waiting.id(), turns.submit(() -> run(waiting, request)));
            // Already now, so that one that is interrupted is remembered.
            kept.keep(waiting);
            forgetOldest();
            return waiting;
        }
    }

    private static List<String> flags(RaceRequest request) {
        return request.mode() == RaceRequest.Mode.IN_TURN ? InTurnRace.FLAGS : List.of();
    }

    /** The time in milliseconds, in base 36; the next one where two are started within one. */
    private String freeId() {
        long now = System.currentTimeMillis();
        while (reports.containsKey(Long.toString(now, Character.MAX_RADIX))) {
            now++;
        }
        return Long.toString(now, Character.MAX_RADIX);
    }

    public Optional<RaceReport> find(String id) {
        synchronized (reports) {
            return Optional.ofNullable(reports.get(id));
        }
    }

    /** All that are remembered, the oldest first. */
    public List<RaceReport> all() {
        synchronized (reports) {
            return List.copyOf(reports.values());
        }
    }

    /** The report of the race that runs, each time that it changes. */
    public Multi<RaceReport> progress() {
        return progress;
    }

    /** Ends a race, or takes back one that waits; false when it has ended already. */
    public boolean cancel(String id) {
        synchronized (reports) {
            Future<?> race = running.remove(id);
            if (race == null) {
                return false;
            }
            race.cancel(true);
            kept.keep(reports.computeIfPresent(id, (key, now) -> Reports.ended(now, "cancelled", null, null)));
            return true;
        }
    }

    private void run(RaceReport waiting, RaceRequest request) {
        String id = waiting.id();
        Race.Listener listener = new Race.Listener() {
            @Override
            public void step(String what) {
                say(id, Reports.running(now(id, waiting), what, Map.of()));
            }

            @Override
            public void done(Map<String, Integer> done) {
                RaceReport now = now(id, waiting);
                say(id, Reports.running(now, now.step(), done));
            }
        };
        listener.step("starting");
        try (Race race = race(id, request, listener)) {
            race.run();
            listener.step("clearing up");
            // Once nothing of it is left, so that the next one has the machine.
            race.close();
            RaceReport report = Reports.ended(now(id, waiting), "finished", null, race.scores());
            kept.keep(report).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            say(id, report);
        } catch (InterruptedException cancelled) {
            LOG.debugf("the race %s was cancelled", id);
        } catch (Exception failed) {
            LOG.warnf(failed, "the race %s failed", id);
            RaceReport report = Reports.ended(now(id, waiting), "failed", String.valueOf(failed.getMessage()), null);
            kept.keep(report);
            say(id, report);
        } finally {
            synchronized (reports) {
                running.remove(id);
            }
        }
    }

    private Race race(String id, RaceRequest request, Race.Listener listener) throws Exception {
        Timekeeper time = new Timekeeper(request, Expected.of(handlers, request));
        return switch (request.mode()) {
            case IN_TURN -> new InTurnRace(request, courses, jvms, time, courses.prefix(id), listener);
            case TOGETHER -> new TogetherRace(request, courses, time, fleet, listener);
        };
    }

    private RaceReport now(String id, RaceReport otherwise) {
        return find(id).orElse(otherwise);
    }

    /** Nothing more is said of a race that was cancelled. */
    private void say(String id, RaceReport report) {
        synchronized (reports) {
            if (running.containsKey(id) || !reports.containsKey(id)) {
                reports.put(id, report);
                progress.onNext(report);
            }
        }
    }

    private void forgetOldest() {
        if (reports.size() > KEPT) {
            reports.values().stream()
                    .filter(RaceReport::over)
                    .findFirst()
                    .ifPresent(oldest -> reports.remove(oldest.id()));
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        turns.shutdownNow();
        turns.awaitTermination(2, TimeUnit.SECONDS);
    }
}
