package dev.lanes.race.fault;

import dev.lanes.task.LaneName;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What is inflicted on whom.
 *
 * @param count how many tasks each lane has while a fault strikes
 * @param seed of the order of the tasks, and of what dies by chance
 * @param brief whether all lanes suffer a fault at the same time, and all faults strike the same Lanes: sooner done, but
 *     it does not tell whose duplicates they are
 */
public record FaultPlan(List<Fault> faults, List<LaneName> lanes, int count, long seed, boolean brief) {
    private static final int ROUNDS_SHARE = 20;

    /** The lanes that suffer a fault at the same time. */
    List<Set<LaneName>> groups(Fault fault) {
        return brief || fault.rounds() > 1
                ? List.of(EnumSet.copyOf(lanes))
                : lanes.stream().<Set<LaneName>>map(EnumSet::of).toList();
    }

    /** The faults that strike the same Lanes. */
    List<List<Fault>> sittings() {
        return brief ? List.of(faults) : faults.stream().map(List::of).toList();
    }

    /** How many tasks each lane has in one round. */
    int tasks(Fault fault) {
        return Math.max(1, fault.rounds() > 1 ? count / ROUNDS_SHARE : count);
    }

    /** How many tasks a Lanes has to remember. */
    int tasksPerSitting() {
        return sittings().stream()
                .mapToInt(faults -> faults.stream()
                        .mapToInt(fault -> tasks(fault) * fault.rounds() * lanes.size())
                        .sum())
                .max()
                .orElse(0);
    }
}
