package dev.lanes.race.cost;

import dev.lanes.pipeline.Courses;
import dev.lanes.process.EmbeddedBroker;
import dev.lanes.process.LaneJvms;
import dev.lanes.race.Circumstances;
import dev.lanes.race.Machine;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** All costs, and what came of them in this process; each waits for the {@link Machine}. */
@Singleton
public final class Costs {
    public static final int DEFAULT_ROUNDS = 3;
    public static final int MAX_ROUNDS = 20;

    private static final Logger LOG = Logger.getLogger(Costs.class);

    private final Map<String, Cost> costs = new LinkedHashMap<>();
    private final Courses courses;
    private final LaneJvms jvms;
    private final Machine machine;
    private final EmbeddedBroker broker;
    private final String version;

    /** By name, in the order of the list; guarded by itself. */
    private final Map<String, CostReport> reports = new LinkedHashMap<>();
    /** Those that have not ended; guarded by {@code reports}. */
    private final Map<String, Measuring> measuring = new LinkedHashMap<>();

    Costs(
            @All List<Cost> all,
            Courses courses,
            LaneJvms jvms,
            Machine machine,
            EmbeddedBroker broker,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.courses = courses;
        this.jvms = jvms;
        this.machine = machine;
        this.broker = broker;
        this.version = version;
        all.stream().sorted(Comparator.comparing(Cost::name)).forEach(cost -> {
            costs.put(cost.name(), cost);
            reports.put(cost.name(), CostReport.notRun(cost));
        });
    }

    /** All of them, as they stand. */
    public List<CostReport> all() {
        synchronized (reports) {
            return List.copyOf(reports.values());
        }
    }

    /** One of them, as it stands. */
    public Optional<CostReport> find(String name) {
        synchronized (reports) {
            return Optional.ofNullable(reports.get(name));
        }
    }

    /** Why none can be measured here; empty when they can. */
    public Optional<String> hindrance() {
        return jvms.packaged()
                ? Optional.empty()
                : Optional.of("there is no packaged application at " + jvms.app() + ": run ./mvnw package");
    }

    /** Measures it as soon as those before it have ended; nothing new when it is measured, or waits, already. */
    public Optional<CostReport> start(String name, int rounds) {
        Cost cost = costs.get(name);
        if (cost == null) {
            return Optional.empty();
        }
        synchronized (reports) {
            if (!measuring.containsKey(name)) {
                reports.put(name, CostReport.waiting(cost, rounds));
                measuring.put(name, new Measuring(cost, rounds));
            }
            return find(name);
        }
    }

    /** Ends a measurement, or takes back one that waits; false when there is none. */
    public boolean cancel(String name) {
        synchronized (reports) {
            Measuring one = measuring.get(name);
            if (one == null) {
                return false;
            }
            one.turn.cancel(true);
            one.end("cancelled", null);
            return true;
        }
    }

    /** One measurement of a cost; what comes of it when it has been cancelled is not shown. */
    private final class Measuring {
        private final Cost cost;
        private final int rounds;
        private final Figures figures = new Figures();
        private final Future<?> turn;
        /** Guarded by {@code reports}; null until it begins. */
        private @Nullable Circumstances circumstances;

        Measuring(Cost cost, int rounds) {
            this.cost = cost;
            this.rounds = rounds;
            this.turn = machine.whenFree(this::run);
        }

        private void run() {
            try {
                measure();
                end("finished", null);
            } catch (InterruptedException stopped) {
                end("cancelled", null);
            } catch (Throwable failed) {
                // Kafka's clients tell of an interruption by an exception of their own, and with the flag set.
                if (Thread.interrupted()) {
                    end("cancelled", null);
                } else {
                    LOG.warnf(failed, "the cost %s was not measured", cost.name());
                    end(
                            "failed",
                            failed instanceof Error || failed.getMessage() == null
                                    ? failed.toString()
                                    : failed.getMessage());
                }
            }
        }

        private void measure() throws Exception {
            Children children = new Children();
            Circumstances now =
                    new Circumstances(version, () -> Stream.concat(children.alive(), broker.process().stream()));
            synchronized (reports) {
                circumstances = now;
            }
            step("starting");
            cost.measure(new Workshop(courses, jvms, now, figures, children, this::step), rounds);
        }

        private void step(String what) {
            synchronized (reports) {
                if (measuring.get(cost.name()) == this) {
                    reports.computeIfPresent(cost.name(), (name, report) -> report.running(what));
                }
            }
        }

        private void end(String state, @Nullable String error) {
            synchronized (reports) {
                if (measuring.remove(cost.name(), this)) {
                    reports.computeIfPresent(
                            cost.name(),
                            (name, report) ->
                                    report.ended(state, error, circumstances, figures, cost.targets(figures)));
                }
            }
        }
    }
}
