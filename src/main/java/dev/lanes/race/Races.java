package dev.lanes.race;

import dev.lanes.handler.Handlers;
import dev.lanes.ledger.Fleet;
import dev.lanes.pipeline.Control;
import dev.lanes.pipeline.Courses;
import dev.lanes.pipeline.PipelineConfig;
import dev.lanes.process.EmbeddedBroker;
import dev.lanes.process.LaneJvms;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The races of this process; each waits for the {@link Machine}. Their reports are kept in Kafka. */
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
    private final Duration patience;
    private final Machine machine;
    private final EmbeddedBroker broker;
    private final Control control;
    private final BroadcastProcessor<RaceReport> progress = BroadcastProcessor.create();

    /** Guarded by itself; the oldest first, as an id begins with the time. */
    private final Map<String, RaceReport> reports = new TreeMap<>();
    /** Those that have not ended; guarded by {@code reports}. */
    private final Map<String, Future<?>> running = new LinkedHashMap<>();

    Races(
            Courses courses,
            LaneJvms jvms,
            Handlers handlers,
            Fleet fleet,
            KeptReports kept,
            PipelineConfig config,
            Machine machine,
            EmbeddedBroker broker,
            Control control,
            @ConfigProperty(name = "lanes.race.patience", defaultValue = "PT2M") Duration patience,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.courses = courses;
        this.jvms = jvms;
        this.handlers = handlers;
        this.fleet = fleet;
        this.kept = kept;
        this.config = config;
        this.machine = machine;
        this.broker = broker;
        this.control = control;
        this.patience = patience;
        this.version = version;
    }

    void start(@Observes StartupEvent event) {
        if (config.servesApi()) {
            var unused = machine.whenFree(this::remember);
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
        } catch (Throwable unreadable) {
            LOG.warnf("earlier races are not shown: %s", unreadable);
        }
    }

    /** Why such a race cannot be run here; empty when it can. */
    public Optional<String> hindrance(RaceRequest request) {
        synchronized (reports) {
            if (running.size() >= MAX_WAITING) {
                return Optional.of(MAX_WAITING + " races wait already: let them end, or cancel some");
            }
        }
        return Memory.hindrance(request).or(() -> hindranceInTurn(request));
    }

    private Optional<String> hindranceInTurn(RaceRequest request) {
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
            RaceReport waiting = Reports.waiting(freeId(), request, environment(request));
            reports.put(waiting.id(), waiting);
            running.put(waiting.id(), machine.whenFree(() -> run(waiting, request)));
            // Already now, so that one that is interrupted is remembered.
            kept.keep(waiting);
            progress.onNext(waiting);
            forgetOldest();
            return waiting;
        }
    }

    private Environment environment(RaceRequest request) {
        return Environment.here(version, request.mode() == RaceRequest.Mode.IN_TURN ? InTurnRace.FLAGS : List.of());
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
            RaceReport cancelled = reports.computeIfPresent(id, (key, now) -> Reports.cancelled(now));
            kept.keep(cancelled);
            progress.onNext(cancelled);
            return true;
        }
    }

    private void run(RaceReport waiting, RaceRequest request) {
        String id = waiting.id();
        try {
            // The load is that of now, and not of when it was asked for.
            begin(id, Reports.starting(now(id, waiting), environment(request)));
            Scores scores = measure(waiting, request);
            end(id, Reports.finished(now(id, waiting), scores));
        } catch (InterruptedException stopped) {
            stopped(id, waiting);
        } catch (Throwable failed) {
            // Kafka's clients tell of an interruption by an exception of their own, and with the flag set.
            if (Thread.interrupted()) {
                stopped(id, waiting);
            } else {
                LOG.warnf(failed, "the race %s failed", id);
                end(id, Reports.failed(now(id, waiting), why(failed)));
            }
        } finally {
            synchronized (reports) {
                running.remove(id);
            }
        }
    }

    private static String why(Throwable failed) {
        return failed instanceof Error || failed.getMessage() == null ? failed.toString() : failed.getMessage();
    }

    /** By its cancellation, after which nothing is said of it, or by the end of the application. */
    private void stopped(String id, RaceReport waiting) {
        LOG.debugf("the race %s was stopped", id);
        say(id, Reports.interrupted(now(id, waiting)));
    }

    private Scores measure(RaceReport waiting, RaceRequest request) throws Exception {
        String id = waiting.id();
        say(id, Reports.running(now(id, waiting), "working out what a task must give", Map.of()));
        String expected = Expected.of(handlers, request, patience);
        try (Race race = race(id, request, new Timekeeper(request, expected, patience, broker::process))) {
            Race.Listener listener = new Race.Listener() {
                @Override
                public void step(String what) {
                    say(id, Reports.measured(now(id, waiting), what, race.scores()));
                }

                @Override
                public void done(Map<String, Integer> done) {
                    RaceReport now = now(id, waiting);
                    say(id, Reports.running(now, now.step(), done));
                }
            };
            race.run(listener);
            // Once nothing of it is left, the next one has the machine.
            listener.step("clearing up");
            return race.scores();
        }
    }

    private Race race(String id, RaceRequest request, Timekeeper time) {
        return switch (request.mode()) {
            case IN_TURN -> new InTurnRace(request, courses, jvms, time, courses.prefix(id));
            case TOGETHER -> new TogetherRace(request, courses, time, fleet, control);
        };
    }

    /** Keeps and says since when it runs, unless it was cancelled before: it may be interrupted. */
    private void begin(String id, RaceReport starting) {
        synchronized (reports) {
            if (running.containsKey(id)) {
                kept.keep(starting);
                say(id, starting);
            }
        }
    }

    /** Keeps and says what has come of it, unless it was cancelled meanwhile. */
    private void end(String id, RaceReport report) {
        CompletableFuture<Void> written;
        synchronized (reports) {
            if (!running.containsKey(id)) {
                return;
            }
            written = kept.keep(report);
        }
        try {
            written.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException later) {
            LOG.debugf("the report of the race %s may not be kept: %s", id, later);
        }
        say(id, report);
    }

    private RaceReport now(String id, RaceReport otherwise) {
        return find(id).orElse(otherwise);
    }

    /** Nothing more is said of a race that was cancelled. */
    private void say(String id, RaceReport report) {
        synchronized (reports) {
            if (running.containsKey(id)) {
                reports.put(id, report);
                progress.onNext(report);
            }
        }
    }

    private void forgetOldest() {
        List<String> old = reports.values().stream()
                .filter(RaceReport::over)
                .limit(Math.max(0, reports.size() - KEPT))
                .map(RaceReport::id)
                .toList();
        for (String id : old) {
            reports.remove(id);
            kept.forget(id);
        }
    }
}
