package dev.lanes.race.experiment;

import static dev.lanes.task.LaneName.PROCESS;
import static dev.lanes.task.LaneName.REACTIVE;
import static dev.lanes.task.LaneName.SEQUENTIAL;
import static dev.lanes.task.LaneName.THREAD;
import static dev.lanes.task.LaneName.VIRTUAL;

import dev.lanes.race.Trial;
import dev.lanes.task.LaneName;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;

@Singleton
final class ComputingWork implements Experiment {
    private static final int ROUNDS = 3;
    private static final int MANY = 12;
    private static final int ONE_AFTER_ANOTHER = 4;
    private static final double TASK_MS = 200;
    private static final List<LaneName> PARALLEL = List.of(THREAD, VIRTUAL, PROCESS);

    @Override
    public Claim claim() {
        return new Claim(
                "8b",
                "computing-work",
                "For CPU-bound work parallel models win.",
                "Holds for processes only: threads and coroutines compute one at a time, for the GIL.",
                "Holds: threads, virtual threads and processes all compute on as many cores as there are, and one event"
                        + " loop on one.",
                "for the same budget thread, virtual and process each do at least 0.7 x the cores (or their threads or"
                        + " processes, if fewer) times as many computing tasks a second as sequential, and reactive at"
                        + " most 1.15 times",
                "How many times as many computing tasks a second will thread do as sequential?",
                "times",
                "What computes needs a core, and nothing but cores brings it on. Whether they are reached by threads or by"
                        + " processes matters little on the JVM, and much in Python.");
    }

    @Override
    public Finding run(Lab lab) throws Trial.Failed {
        lab.step("warming up, and finding out how many hashes take " + Math.round(TASK_MS) + " ms here");
        new Comparison(lab, 1).atOnce("hash", HashTasks.payload(100_000), MANY);
        String work = HashTasks.payload(lab, TASK_MS);
        lab.step("computing, " + MANY + " tasks at once");
        Rates budget = new Comparison(lab, ROUNDS).atOnce("hash", work, MANY);
        int cores = lab.cores();
        int few = Math.min(budget.places(PROCESS), cores);
        lab.step("computing, " + few + " tasks in flight");
        Rates equal = new Comparison(lab, 1).inFlight("hash", work, few, ONE_AFTER_ANOTHER);
        Finding.Figures figures = new Finding.Figures();
        budget.addTo(figures, "equal budget");
        equal.addTo(figures, few + " in flight on each");
        for (LaneName lane : PARALLEL) {
            figures.add("needed of " + lane + " for the same budget", budget.needed(lane, cores), "times sequential");
        }
        return Finding.of(
                PARALLEL.stream().allMatch(lane -> budget.parallel(lane, cores)) && budget.inTurns(REACTIVE),
                "computing tasks a second over sequential, for the same budget: " + line(budget) + "; with " + few
                        + " in flight on each: " + line(equal) + "; on "
                        + (cores == 1
                                ? "1 core: for want of cores nothing can run in parallel here"
                                : cores + " cores"),
                budget.over(SEQUENTIAL, THREAD),
                figures.list(),
                MANY + " tasks that compute for " + Math.round(TASK_MS)
                        + " ms each, at once on each lane as it runs, the median of " + ROUNDS
                        + " rounds; and then once "
                        + few
                        + " in flight on each, a task published when one before it has ended. From the first start"
                        + " to the last finish.");
    }

    private static String line(Rates rates) {
        return String.format(
                Locale.ROOT,
                "reactive %.2f, thread %.2f, virtual %.2f, process %.2f",
                rates.over(SEQUENTIAL, REACTIVE),
                rates.over(SEQUENTIAL, THREAD),
                rates.over(SEQUENTIAL, VIRTUAL),
                rates.over(SEQUENTIAL, PROCESS));
    }
}
