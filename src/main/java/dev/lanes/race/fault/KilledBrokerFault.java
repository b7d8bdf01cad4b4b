package dev.lanes.race.fault;

import dev.lanes.task.LaneName;
import java.util.Set;

/** Kafka dies, and comes back with the data that it had written. */
final class KilledBrokerFault implements Fault {
    @Override
    public String name() {
        return "kill-broker";
    }

    @Override
    public String title() {
        return "kill -9 of the broker";
    }

    @Override
    public Mending strike(Subject subject, Set<LaneName> lanes) {
        Signals.kill(subject.broker());
        return Mending.BY_LANES;
    }
}
