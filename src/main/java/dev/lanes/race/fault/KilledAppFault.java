package dev.lanes.race.fault;

import dev.lanes.task.LaneName;
import java.util.Set;

/** The application dies, and with it all that it has started; it is started again, as an init system would. */
final class KilledAppFault implements Fault {
    @Override
    public String name() {
        return "kill-app";
    }

    @Override
    public String title() {
        return "kill -9 of the app";
    }

    @Override
    public Mending strike(Subject subject, Set<LaneName> lanes) {
        subject.kill();
        return subject::start;
    }
}
