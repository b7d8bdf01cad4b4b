package dev.lanes.race.experiment;

import dev.lanes.process.LaneJvms;
import dev.lanes.race.Machine;
import dev.lanes.race.Trial;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** All experiments, and what came of them in this process; each waits for the {@link Machine}. */
@Singleton
public final class Experiments {
    private static final Logger LOG = Logger.getLogger(Experiments.class);

    private final Trial trial;
    private final LaneJvms jvms;
    /** By name, in the order of their numbers; guarded by itself. */
    private final Map<String, Shown> shown = new LinkedHashMap<>();

    private final Map<String, Experiment> experiments = new LinkedHashMap<>();
    private final Machine machine;

    Experiments(@All List<Experiment> all, Trial trial, LaneJvms jvms, Machine machine) {
        this.trial = trial;
        this.jvms = jvms;
        this.machine = machine;
        all.stream()
                .sorted(Comparator.comparing(experiment -> order(experiment.claim())))
                .forEach(experiment -> {
                    experiments.put(experiment.claim().name(), experiment);
                    shown.put(experiment.claim().name(), new Shown(experiment.claim(), "not run", "", null, null));
                });
    }

    /** 10 comes after 9b. */
    private static String order(Claim claim) {
        return "0".repeat(4 - claim.number().replaceAll("[a-z]", "").length()) + claim.number();
    }

    /**
     * An experiment as it stands.
     *
     * @param state {@code not run}, {@code waiting}, {@code running}, {@code finished} or {@code failed}
     * @param step what it does now
     * @param error why it failed; null unless it did
     * @param finding what came of it the last time; null before
     */
    public record Shown(
            Claim claim,
            String state,
            String step,
            @Nullable String error,
            @Nullable Finding finding) {
        boolean busy() {
            return state.equals("waiting") || state.equals("running");
        }

        Shown in(String newState, String newStep, @Nullable String newError, @Nullable Finding newFinding) {
            return new Shown(claim, newState, newStep, newError, newFinding);
        }
    }

    public List<Shown> all() {
        synchronized (shown) {
            return List.copyOf(shown.values());
        }
    }

    /** Finds one by its name or its number. */
    public Optional<Shown> find(String nameOrNumber) {
        return all().stream()
                .filter(one -> one.claim().name().equals(nameOrNumber)
                        || one.claim().number().equalsIgnoreCase(nameOrNumber))
                .findFirst();
    }

    /** Runs it as soon as those before it have ended; nothing new when it runs or waits already. */
    public Shown start(Shown one) {
        String name = one.claim().name();
        synchronized (shown) {
            Shown now = shown.getOrDefault(name, one);
            if (now.busy()) {
                return now;
            }
            Shown waiting = now.in("waiting", Machine.WAITING, null, now.finding());
            shown.put(name, waiting);
            var unused = machine.whenFree(() -> run(name));
            return waiting;
        }
    }

    private void run(String name) {
        say(name, "running", "starting", null, null);
        try {
            Experiment experiment = experiments.get(name);
            if (experiment != null) {
                Finding finding = experiment.run(new Lab(trial, jvms, step -> say(name, "running", step, null, null)));
                say(name, "finished", "", null, finding);
            }
        } catch (Trial.Failed failed) {
            say(name, "failed", "", failed.getMessage(), null);
        } catch (Throwable failed) {
            LOG.warnf(failed, "the experiment %s failed", name);
            say(name, "failed", "", String.valueOf(failed.getMessage()), null);
        }
    }

    private void say(String name, String state, String step, @Nullable String error, @Nullable Finding finding) {
        synchronized (shown) {
            shown.computeIfPresent(name, (key, now) -> now.in(state, step, error, finding));
        }
    }
}
