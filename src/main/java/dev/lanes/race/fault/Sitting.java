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

    /** Inflicts these faults; stops when the Lanes does not answer any more. */
    List<Row> run(List<Fault> faults) {
        List<Row> rows = new ArrayList<>();
        Fault now = faults.getFirst();
        try {
            for (Fault fault : faults) {
                now = fault;
                for (Set<LaneName> lanes : plan.groups(fault)) {
                    Row row = rounds(fault, lanes);
                    listener.row(row);
                    rows.add(row);
                }
            }
            List<String> differences = restart();
            return rows.stream().map(row -> row.with(differences)).toList();
        } catch (IOException | RuntimeException broken) {
            if (subject.closed()) {
                return rows;
            }
            Row row = Row.failed(now, "the next", "nothing more was tried: " + broken.getMessage());
            listener.row(row);
            rows.add(row);
            return rows;
        }
    }

    /** A round that met no task is repeated, but not for ever. */
    private Row rounds(Fault fault, Set<LaneName> lanes) throws IOException {
        Row sum = null;
        int missed = 0;
        for (int round = 1; round <= fault.rounds(); ) {
            String name = fault.rounds() > 1 ? ", round " + round + " of " + fault.rounds() : "";
            Row row = trial(fault, lanes, name);
            if (row.notRun() != null) {
                missed++;
                if (missed >= fault.rounds()) {
                    return row;
                }
            } else {
                sum = sum == null ? row : sum.and(row);
                round++;
            }
        }
        return Objects.requireNonNull(sum, "a fault has at least one round");
    }

    private Row trial(Fault fault, Set<LaneName> lanes, String round) throws IOException {
        Trial trial = new Trial(subject, fault, lanes, random, step -> listener.progress(step + round));
        try {
            return trial.run(plan.tasks(fault));
        } catch (NotInflicted why) {
            return Row.missed(fault, trial.name(), String.valueOf(why.getMessage()));
        } finally {
            batches.addAll(trial.batches());
        }
    }

    private List<String> restart() throws IOException {
        LedgerPrint before = print();
        List<String> differences = new ArrayList<>();
        listener.progress("killing and starting it, to compare what the ledger says");
        subject.kill();
        subject.start();
        differences.addAll(before.differences(print(), "kill -9 and a restart"));
        if (!plan.brief()) {
            listener.progress("stopping and starting it, to compare what the ledger says");
            subject.stop();
            subject.start();
            differences.addAll(before.differences(print(), "a restart"));
        }
        return differences;
    }

    private LedgerPrint print() throws IOException {
        FrontDoor front = subject.front();
        Totals totals = front.totals().orElseThrow(() -> new IOException("the totals are not answered"));
        return LedgerPrint.of(totals, batches, front);
    }
}
