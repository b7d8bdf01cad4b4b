package dev.lanes.race.fault;

import dev.lanes.task.LaneName;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/**
 * The process that runs the lane stands still for longer than its session with Kafka lasts, and then goes on as if
 * nothing had happened: the application, or one of the worker processes.
 */
final class FrozenFault implements Fault {
    /** The session of a member of a consumer group lasts 10 s. */
    private static final Duration LONGER_THAN_SESSION = Duration.ofSeconds(15);
    /** A queue's lock on a task lasts 30 s; before it ends, a worker process that is silent is replaced. */
    private static final Duration LONGER_THAN_LOCK = Duration.ofSeconds(35);

    @Override
    public String name() {
        return "freeze";
    }

    @Override
    public String title() {
        return "freeze beyond the session timeout";
    }

    @Override
    public Mending strike(Subject subject, Set<LaneName> lanes) throws IOException {
        boolean worker = lanes.equals(Set.of(LaneName.PROCESS));
        ProcessHandle frozen = worker ? subject.worker() : subject.app();
        Signals.freeze(frozen);
        return () -> {
            Patience.pause(worker ? LONGER_THAN_LOCK : LONGER_THAN_SESSION);
            Signals.thaw(frozen);
        };
    }
}
