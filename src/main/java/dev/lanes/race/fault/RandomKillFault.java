package dev.lanes.race.fault;

import dev.lanes.task.LaneName;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** One of all processes dies: a worker process, the application or the broker, by chance. */
final class RandomKillFault implements Fault {
    private final List<Fault> kills = List.of(new KilledWorkerFault(), new KilledAppFault(), new KilledBrokerFault());
    private final Random random;
    private final int rounds;

    RandomKillFault(Random random, int rounds) {
        this.random = random;
        this.rounds = rounds;
    }

    @Override
    public int rounds() {
        return rounds;
    }

    @Override
    public String name() {
        return "random-kills";
    }

    @Override
    public String title() {
        return "random kills";
    }

    @Override
    public Mending strike(Subject subject, Set<LaneName> lanes) throws IOException {
        return kills.get(random.nextInt(kills.size())).strike(subject, lanes);
    }
}
