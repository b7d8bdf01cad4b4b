package dev.lanes.race.fault;

import dev.lanes.task.LaneName;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/** A second instance of the lane joins while tasks run, takes its share of them, and leaves again. */
final class JoiningInstanceFault implements Fault {
    private static final Duration JOINED = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "join-leave";
    }

    @Override
    public String title() {
        return "an instance joins and leaves";
    }

    /** At once, as the instance takes some time to start. */
    @Override
    public double part() {
        return 0;
    }

    @Override
    public Mending strike(Subject subject, Set<LaneName> lanes) throws IOException {
        Process instance = subject.startInstance(lanes);
        return () -> {
            boolean joined = Patience.await(JOINED, () -> subject.busy(instance));
            Subject.leave(instance);
            if (!joined) {
                throw new NotInflicted("the instance was given no task before all had ended: give a larger --count");
            }
        };
    }
}
