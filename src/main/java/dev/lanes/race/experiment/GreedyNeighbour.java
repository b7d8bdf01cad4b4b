package dev.lanes.race.experiment;

import dev.lanes.task.LaneName;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

@Singleton
final class GreedyNeighbour implements Experiment {
    private static final double MORE = 1.5;
    private static final int ROUNDS = 2;
    private static final int MOST_ROUNDS = 6;

    private static final int PLACES = Neighbourhood.GREEDY + Neighbourhood.NEIGHBOURS;
    private static final OwnLanes.Setup SETUP = new OwnLanes.Setup(
            List.of("-Xmx256m", "-XX:+UseG1GC", OwnLanes.QUICK_START),
            Map.of("lanes.lab", "true", "lanes.concurrency.thread", Integer.toString(PLACES)));

    private final OwnLanes lanes;

    GreedyNeighbour(OwnLanes lanes) {
        this.lanes = lanes;
    }

    @Override
    public Claim claim() {
        return new Claim(
                "5c",
                "greedy-neighbour",
                "A greedy neighbour hurts threads more than processes.",
                "Holds: a thread that computes keeps the GIL for 5 ms at a time, and the others wait for it. Most memory is"
                        + " freed by counting references, so allocating as such stops nobody.",
                "Holds for allocating: the garbage collector stops all threads of its JVM, and no other JVM. Not for"
                        + " computing: the system shares out its cores among threads just as among processes.",
                "beside tasks that allocate, the 99th percentile of short tasks is at least " + MORE
                        + " times as long on thread as on process",
                "How many times as long does the slowest hundredth take on thread as on process, beside one that allocates?",
                "times",
                "Threads of a process share its memory and so its garbage collector: who litters makes all of them stop."
                        + " Cores are shared by everybody on the machine, so a process does not protect from who computes.");
    }

    @Override
    public Finding run(Lab lab) throws Exception {
        lab.step("starting JVMs for the lanes thread and process");
        try (OwnLane threads = lanes.open(List.of(LaneName.THREAD), 1, restarts -> SETUP);
                OwnLane processes = lanes.open(List.of(LaneName.PROCESS), PLACES, restarts -> SETUP)) {
            Neighbourhood thread = new Neighbourhood(threads);
            Neighbourhood process = new Neighbourhood(processes);
            lab.step("warming up");
            thread.warmUp();
            process.warmUp();
            int rounds = rounds(lab, thread, process);
            return finding(lab, thread, process, rounds);
        }
    }

    /** One lane after the other in each round, so that whatever else the machine does meets both. */
    private static int rounds(Lab lab, Neighbourhood thread, Neighbourhood process)
            throws IOException, InterruptedException {
        int rounds = 0;
        while (rounds < ROUNDS || rounds < MOST_ROUNDS && fewest(thread, process) < Neighbourhood.FEWEST) {
            rounds++;
            lab.step("round " + rounds + ": short tasks on thread, alone and beside greedy ones");
            thread.round();
            lab.step("round " + rounds + ": short tasks on process, alone and beside greedy ones");
            process.round();
        }
        if (fewest(thread, process) < Neighbourhood.FEWEST) {
            throw new IOException("only " + fewest(thread, process) + " short tasks ran beside the greedy ones, of "
                    + Neighbourhood.FEWEST + " needed: this machine is too busy");
        }
        return rounds;
    }

    private static int fewest(Neighbourhood one, Neighbourhood other) {
        return Math.min(one.fewest(), other.fewest());
    }

    private static Finding finding(Lab lab, Neighbourhood thread, Neighbourhood process, int rounds) {
        double threadAllocating = thread.besideAllocating().p99();
        double processAllocating = process.besideAllocating().p99();
        double threadComputing = thread.besideComputing().p99();
        double processComputing = process.besideComputing().p99();
        double allocating = threadAllocating / processAllocating;
        double computing = threadComputing / processComputing;
        return Finding.of(
                allocating >= MORE,
                String.format(
                        Locale.ROOT,
                        "p99 beside allocating tasks: thread %.1f ms, process %.1f ms (%.1f times); beside computing"
                                + " ones: thread %.1f ms, process %.1f ms (%.1f times)",
                        threadAllocating,
                        processAllocating,
                        allocating,
                        threadComputing,
                        processComputing,
                        computing),
                allocating,
                figures(figures(new Finding.Figures(), "thread", thread), "process", process)
                        .add("thread over process, beside allocating tasks", allocating, "times")
                        .add("thread over process, beside computing tasks", computing, "times")
                        .add("rounds", rounds, "on each")
                        .add("cores", lab.cores(), "cores")
                        .list(),
                Neighbourhood.NEIGHBOURS + " at a time of tasks that wait 5 ms and compute 0.2 ms, alone, and beside "
                        + Neighbourhood.GREEDY + " greedy ones: on thread in one JVM of " + PLACES
                        + " threads, on process in " + PLACES + " JVMs, all with the same flags ("
                        + String.join(" ", SETUP.flags())
                        + "), so that the processes have more memory in all. Both in turn, in " + rounds
                        + " rounds. Run time, from start to finish of each; at least " + Neighbourhood.FEWEST
                        + " for each p99.");
    }

    private static Finding.Figures figures(Finding.Figures figures, String lane, Neighbourhood borne) {
        figures.add(lane + ", alone, p99", borne.alone().p99(), "ms");
        add(figures, lane + ", beside computing tasks", borne.besideComputing());
        add(figures, lane + ", beside allocating tasks", borne.besideAllocating());
        return figures;
    }

    private static void add(Finding.Figures figures, String name, Neighbourhood.Runs runs) {
        figures.add(name + ", p99", runs.p99(), "ms")
                .add(name + ", longest", runs.longest(), "ms")
                .add(name + ", short tasks", runs.count(), "tasks");
    }
}
