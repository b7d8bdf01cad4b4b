package dev.lanes.race;

import dev.lanes.pipeline.Course;
import dev.lanes.process.LaneJvms;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The races of this process, one at a time: another one waits for its turn. */
@Singleton
public final class Races {
    private static final Logger LOG = Logger.getLogger(Races.class);
    private static final int KEPT = 100;

    private final Course.Ground ground;
    private final LaneJvms jvms;
    private final String version;
    private final Map<String, RaceReport> reports = Collections.synchronizedMap(new LinkedHashMap<>());
    private final ExecutorService turns = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("lanes-race").daemon().factory());

    Races(Course.Ground ground, LaneJvms jvms, @ConfigProperty(name = "quarkus.application.version") String version) {
        this.ground = ground;
        this.jvms = jvms;
        this.version = version;
    }

    /** Why no race can be run here; empty when it can. */
    public Optional<String> hindrance() {
        return jvms.packaged()
                ? Optional.empty()
                : Optional.of("there is no packaged application at " + jvms.app() + ": run ./mvnw package");
    }

    /** Starts a race, as soon as those before it have ended. */
    public RaceReport start(RaceRequest request) {
        String id = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        RaceReport waiting = new RaceReport(
                id,
                "waiting",
                "for the races before it",
                null,
                Instant.now(),
                (request.type() + " " + request.payload()).strip(),
                request.type(),
                request.payload().toString(),
                request.count(),
                request.concurrency() == null ? "equal budget" : "equal concurrency",
                request.repeat(),
                RaceReport.Environment.here(version),
                null,
                Map.of());
        reports.put(id, waiting);
        forgetOldest();
        turns.execute(() -> run(waiting, request));
        return waiting;
    }

    public Optional<RaceReport> find(String id) {
        return Optional.ofNullable(reports.get(id));
    }

    /** All that are remembered, the newest last. */
    public List<RaceReport> all() {
        synchronized (reports) {
            return List.copyOf(reports.values());
        }
    }

    private void run(RaceReport waiting, RaceRequest request) {
        Race race = new Race(
                request, ground, jvms, "lanes-race-" + waiting.id(), step -> say(waiting, "running", step, null, null));
        try {
            try (race) {
                race.run();
            }
            // Once nothing of it is left, so that the next one has the machine.
            say(waiting, "finished", "", null, race);
        } catch (Exception failed) {
            LOG.warnf(failed, "the race %s failed", waiting.id());
            say(waiting, "failed", "", String.valueOf(failed.getMessage()), null);
        }
    }

    private void say(RaceReport race, String state, String step, @Nullable String error, @Nullable Race done) {
        reports.put(
                race.id(),
                new RaceReport(
                        race.id(),
                        state,
                        step,
                        error,
                        race.startedAt(),
                        race.workload(),
                        race.type(),
                        race.payload(),
                        race.count(),
                        race.budget(),
                        race.rounds(),
                        race.environment(),
                        done == null ? null : done.bareClient(),
                        done == null ? Map.of() : done.lanes()));
    }

    private void forgetOldest() {
        synchronized (reports) {
            if (reports.size() > KEPT) {
                reports.values().stream()
                        .filter(RaceReport::over)
                        .findFirst()
                        .ifPresent(oldest -> reports.remove(oldest.id()));
            }
        }
    }

    @PreDestroy
    void stop() {
        turns.shutdownNow();
    }
}
