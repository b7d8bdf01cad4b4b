package dev.lanes.race.experiment;

import static dev.lanes.task.LaneName.PROCESS;
import static dev.lanes.task.LaneName.REACTIVE;
import static dev.lanes.task.LaneName.SEQUENTIAL;
import static dev.lanes.task.LaneName.THREAD;
import static dev.lanes.task.LaneName.VIRTUAL;

import dev.lanes.race.Trial;
import dev.lanes.task.LaneName;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Map;

@Singleton
final class ComputingWork implements Experiment {
    private static final int MANY = 12;
    private static final double TASK_MS = 150;

    @Override
    public Claim claim() {
        return new Claim(
                "8b",
                "computing-work",
                "For CPU-bound work parallel models win.",
                "Holds for processes only: threads and coroutines compute one at a time, for the GIL.",
                "Holds: threads, virtual threads and processes all compute on as many cores as there are, and one event"
                        + " loop on one.",
                "thread, virtual and process each do at least 0.7 x the cores times as many computing tasks a second as"
                        + " sequential, and reactive at most 1.15 times",
                "How many times as many computing tasks a second will thread do as sequential?",
                "times",
                "What computes needs a core, and nothing but cores brings it on. Whether they are reached by threads or by"
                        + " processes matters little on the JVM, and much in Python.");
    }

    @Override
    public Finding run(Lab lab) throws Trial.Failed {
        Comparison comparison = new Comparison(lab);
        lab.step("warming up, and finding out how many hashes take " + Math.round(TASK_MS) + " ms here");
        comparison.tasksPerSecond("hash", HashTasks.payload(100_000), MANY);
        String work = HashTasks.payload(lab, TASK_MS);
        lab.step("computing, " + MANY + " tasks at once");
        Map<LaneName, Double> budget = comparison.tasksPerSecond("hash", work, MANY);
        int atOnce = Math.min(3, lab.cores());
        lab.step("computing, " + atOnce + " tasks at once");
        Map<LaneName, Double> few = comparison.tasksPerSecond("hash", work, atOnce);
        double one = Comparison.slowest(budget, SEQUENTIAL);
        double parallel = Comparison.slowest(budget, THREAD, VIRTUAL, PROCESS) / one;
        double async = Comparison.slowest(budget, REACTIVE) / one;
        // Three processes are the default: more cores than that they cannot use.
        double needed = SpeedUp.SHARE_OF_CORES * Math.min(lab.cores(), 3);
        Finding.Figures figures = new Finding.Figures();
        Comparison.add(figures, "equal budget", budget);
        Comparison.add(figures, atOnce + " in flight on each", few);
        return Finding.of(
                lab.cores() > 1 && parallel >= needed && async <= SpeedUp.IN_TURNS,
                String.format(
                                Locale.ROOT,
                                "computing tasks a second over sequential: reactive %.2f, thread %.2f, virtual %.2f,"
                                        + " process %.2f, on %d %s",
                                async,
                                Comparison.slowest(budget, THREAD) / one,
                                Comparison.slowest(budget, VIRTUAL) / one,
                                Comparison.slowest(budget, PROCESS) / one,
                                lab.cores(),
                                lab.cores() == 1 ? "core" : "cores")
                        + (lab.cores() == 1 ? ": for want of cores nothing can run in parallel here" : ""),
                Comparison.slowest(budget, THREAD) / one,
                figures.list(),
                MANY + " tasks that compute for " + Math.round(TASK_MS)
                        + " ms each, at once on each lane as it runs, and then " + atOnce
                        + " at once; from the first start to the last finish, the median of three rounds.");
    }
}
