package dev.lanes.pipeline;

import dev.lanes.lane.Lane;
import dev.lanes.lane.Run;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Handlers of a lane that go on although their task has ended and they were told to stop. Each keeps a thread, which
 * the lane replaces, but not for ever.
 */
final class LeftBehind {
    private static final Logger LOG = Logger.getLogger(LeftBehind.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int MOST = 4;

    private final Lane lane;
    private final Set<Run> replaced = ConcurrentHashMap.newKeySet();
    private final Set<Run> notReplaced = ConcurrentHashMap.newKeySet();

    LeftBehind(Lane lane) {
        this.lane = lane;
    }

    /** For a run that has ended and has not left. */
    void look(Run run) {
        replaced.removeIf(Run::hasReturned);
        if (run.overstay().compareTo(PATIENCE) < 0) {
            return;
        }
        if (replaced.size() < MOST && lane.replaceThreadOf(run)) {
            run.leaveBehind();
            replaced.add(run);
            notReplaced.remove(run);
            LOG.warnf(
                    "%s leaves a task of type %s behind, which goes on although it was stopped: see that its handler"
                            + " heeds interrupts, or run it on the lane process",
                    lane.name(), run.task().type());
        } else {
            notReplaced.add(run);
        }
    }

    /** Why the lane is in a bad way; empty when it is not. */
    Optional<String> complaint() {
        replaced.removeIf(Run::hasReturned);
        notReplaced.removeIf(Run::hasReturned);
        int all = replaced.size() + notReplaced.size();
        return replaced.size() < MOST && notReplaced.isEmpty()
                ? Optional.empty()
                : Optional.of(all + " tasks go on although they were stopped, and keep their threads: restart this"
                        + " process, and run such tasks on the lane process, which can end them");
    }
}
