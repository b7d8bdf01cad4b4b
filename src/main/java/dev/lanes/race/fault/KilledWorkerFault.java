package dev.lanes.race.fault;

import dev.lanes.task.LaneName;
import java.util.Set;

/** A worker process dies in the midst of a task. On the other lanes nobody should notice. */
final class KilledWorkerFault implements Fault {
    @Override
    public String name() {
        return "kill-process";
    }

    @Override
    public String title() {
        return "kill -9 of a worker process";
    }

    @Override
    public Mending strike(Subject subject, Set<LaneName> lanes) {
        Signals.kill(subject.worker());
        return Mending.BY_LANES;
    }
}
