package dev.lanes.pipeline;

import dev.lanes.lane.Lane;
import dev.lanes.lane.Run;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Handlers of a lane that go on although their task has ended and they were told to stop. Each keeps a thread, which
 * the lane replaces, but not for ever.
 */
final class LeftBehind {
    private static final Logger LOG = Logger.getLogger(LeftBehind.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int MOST = 4;

    private final Lane lane;
    private final Slots slots;
    /** For each thread that has been replaced: whether it is back. */
    private final Set<BooleanSupplier> replaced = ConcurrentHashMap.newKeySet();

    private final Set<Run> notReplaced = ConcurrentHashMap.newKeySet();
    /** Since when the lane's loop is kept by nothing that is in flight; for the watchdog's thread alone. */
    private @Nullable Long keptSinceNanos;

    LeftBehind(Lane lane, Slots slots) {
        this.lane = lane;
        this.slots = slots;
    }

    /** For a run that has ended and has not left. */
    void look(Run run) {
        if (run.overstay().compareTo(PATIENCE) < 0) {
            return;
        }
        if (mayReplace() && lane.replaceThreadOf(run)) {
            run.leaveBehind();
            replaced.add(run::hasReturned);
            notReplaced.remove(run);
            LOG.warnf(
                    "%s leaves a task of type %s behind, which goes on although it was stopped: see that its handler"
                            + " heeds interrupts, or run it on the lane process",
                    lane.name(), run.task().type());
            beginElsewhere();
        } else {
            notReplaced.add(run);
        }
    }

    /**
     * For a lane with an event loop: what a task does there after it has started may block the loop, too, and go on when
     * the task has been stopped and has left.
     */
    void lookAtLoop() {
        if (lane.silence().compareTo(PATIENCE) < 0 || slots.anyMatch(Run::hasStarted)) {
            keptSinceNanos = null;
            return;
        }
        long now = System.nanoTime();
        Long since = keptSinceNanos;
        if (since == null) {
            keptSinceNanos = now;
        } else if (now - since > PATIENCE.toNanos() && mayReplace()) {
            replaced.add(lane.replaceThread());
            keptSinceNanos = null;
            LOG.warnf(
                    "%s leaves its event loop behind, which a task keeps that was stopped: see that no handler waits or"
                            + " computes there for long, or run it on another lane",
                    lane.name());
            beginElsewhere();
        }
    }

    private boolean mayReplace() {
        replaced.removeIf(BooleanSupplier::getAsBoolean);
        return replaced.size() < MOST;
    }

    /** What waited for the lost thread; of what has been begun meanwhile, its lane knows. */
    private void beginElsewhere() {
        slots.forEach(run -> {
            if (!run.hasStarted()) {
                lane.run(run);
            }
        });
    }

    /** Why the lane is in a bad way; empty when it is not. */
    Optional<String> complaint() {
        boolean mayReplace = mayReplace();
        notReplaced.removeIf(Run::hasReturned);
        int all = replaced.size() + notReplaced.size();
        return mayReplace && notReplaced.isEmpty()
                ? Optional.empty()
                : Optional.of(all + " tasks go on although they were stopped, and keep their threads: restart this"
                        + " process, and run such tasks on the lane process, which can end them");
    }
}
