package dev.lanes.race.fault;

import dev.lanes.task.LaneName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/** What one Lanes goes through: faults, and at the end restarts, over which it must forget nothing. */
final class Sitting {
    private final Subject subject;
    private final FaultPlan plan;
    private final Random random;
    private final FaultSuite.Listener listener;
    private final List<String> batches = new ArrayList<>();

    Sitting(Subject subject, FaultPlan plan, Random random, FaultSuite.Listener listener) {
        this.subject = subject;
        this.plan = plan;
        this.random = random;
        this.listener = listener;
    }

    /** Inflicts these faults. */
    List<Row> run(List<Fault> faults) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (Fault fault : faults) {
            for (Set<LaneName> lanes : plan.groups(fault)) {
                Row row = rounds(fault, lanes);
                listener.row(row);
                rows.add(row);
                if (!row.lost().isEmpty()) {
                    // What is lost here would be counted as pending for all that follow.
                    return rows;
                }
            }
        }
        List<String> differences = restart();
        return rows.stream().map(row -> row.with(differences)).toList();
    }

    private Row rounds(Fault fault, Set<LaneName> lanes) throws IOException {
        Row sum = null;
        for (int round = 1; round <= fault.rounds(); round++) {
            String name = fault.rounds() > 1 ? ", round " + round + " of " + fault.rounds() : "";
            Row row = trial(fault, lanes, name);
            sum = sum == null ? row : sum.and(row);
            if (!row.lost().isEmpty()) {
                break;
            }
        }
        return Objects.requireNonNull(sum, "a fault has at least one round");
    }

    private Row trial(Fault fault, Set<LaneName> lanes, String round) throws IOException {
        Trial trial = new Trial(subject, fault, lanes, random, step -> listener.progress(step + round));
        try {
            return trial.run(plan.tasks(fault));
        } catch (NotInflicted why) {
            return Row.notRun(fault, trial.name(), String.valueOf(why.getMessage()));
        } finally {
            batches.addAll(trial.batches());
        }
    }

    private List<String> restart() throws IOException {
        LedgerPrint before = print();
        listener.progress("stopping and starting it, to compare what the ledger says");
        subject.stop();
        subject.start();
        List<String> differences = new ArrayList<>(before.differences(print(), "a restart"));
        if (plan.brief()) {
            return differences;
        }
        listener.progress("killing and starting it, to compare what the ledger says");
        subject.kill();
        subject.start();
        differences.addAll(before.differences(print(), "kill -9 and a restart"));
        return differences;
    }

    private LedgerPrint print() throws IOException {
        FrontDoor front = subject.front();
        Totals totals = front.totals().orElseThrow(() -> new IOException("the totals are not answered"));
        return LedgerPrint.of(totals, batches, front);
    }
}
