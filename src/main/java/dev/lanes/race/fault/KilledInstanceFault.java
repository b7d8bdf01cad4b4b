package dev.lanes.race.fault;

import dev.lanes.task.LaneName;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Two instances share the lane, and one of them dies with the tasks that it has. */
final class KilledInstanceFault implements Fault {
    private static final Duration BUSY = Duration.ofSeconds(20);

    private @Nullable Process second;

    @Override
    public String name() {
        return "two-instances";
    }

    @Override
    public String title() {
        return "kill -9 of one of two instances";
    }

    @Override
    public void prepare(Subject subject, Set<LaneName> lanes) throws IOException {
        second = started(subject, lanes);
    }

    private static Process started(Subject subject, Set<LaneName> lanes) throws IOException {
        Process started = subject.startInstance(lanes);
        subject.awaitHeard(started);
        return started;
    }

    @Override
    public Mending strike(Subject subject, Set<LaneName> lanes) throws IOException {
        Process instance = second;
        if (instance == null || !instance.isAlive()) {
            // It had a task that kills its process; whoever runs an instance elsewhere starts it again.
            instance = started(subject, lanes);
        }
        if (!busy(subject, instance)) {
            throw new NotInflicted("the second instance was given no task before all had ended: give a larger --count");
        }
        Signals.kill(instance.toHandle());
        return Mending.BY_LANES;
    }

    private static boolean busy(Subject subject, Process instance) {
        return Patience.await(BUSY, () -> subject.busy(instance));
    }
}
