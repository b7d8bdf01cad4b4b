package dev.lanes.race.experiment;

import dev.lanes.race.Trial;
import dev.lanes.task.LaneName;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

@Singleton
final class GreedyNeighbour implements Experiment {
    private static final double MORE = 1.5;
    private static final int PLACES = Neighbourhood.GREEDY + Neighbourhood.NEIGHBOURS;
    private static final OwnLanes.Setup SETUP = new OwnLanes.Setup(
            List.of("-Xmx256m", "-XX:+UseG1GC"),
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

    /** What one lane's neighbours had to bear. */
    private record Borne(Neighbourhood.Runs alone, Neighbourhood.Runs computing, Neighbourhood.Runs allocating) {}

    @Override
    public Finding run(Lab lab) throws Exception {
        Borne thread = bear(lab, LaneName.THREAD, 1);
        Borne process = bear(lab, LaneName.PROCESS, PLACES);
        double allocating = thread.allocating().p99() / process.allocating().p99();
        double computing = thread.computing().p99() / process.computing().p99();
        return Finding.of(
                allocating >= MORE,
                String.format(
                        Locale.ROOT,
                        "p99 beside allocating tasks: thread %.1f ms, process %.1f ms (%.1f times); beside computing"
                                + " ones: thread %.1f ms, process %.1f ms (%.1f times)",
                        thread.allocating().p99(),
                        process.allocating().p99(),
                        allocating,
                        thread.computing().p99(),
                        process.computing().p99(),
                        computing),
                allocating,
                figures(figures(new Finding.Figures(), "thread", thread), "process", process)
                        .add("thread over process, beside allocating tasks", allocating, "times")
                        .add("thread over process, beside computing tasks", computing, "times")
                        .add("cores", lab.cores(), "cores")
                        .list(),
                Neighbourhood.NEIGHBOURS + " at a time of tasks that wait 5 ms and compute 0.2 ms, alone, and beside "
                        + Neighbourhood.GREEDY + " greedy ones: on thread in one JVM of " + PLACES
                        + " threads, on process in " + PLACES + " JVMs, all with the same flags ("
                        + String.join(" ", SETUP.flags())
                        + "), so that the processes have more memory in all. Run time, from start to finish of each.");
    }

    private Borne bear(Lab lab, LaneName lane, int jvms) throws IOException, InterruptedException, Trial.Failed {
        lab.step("starting JVMs for the lane " + lane);
        try (OwnLane own = lanes.open(lane, jvms, restarts -> SETUP)) {
            Neighbourhood neighbourhood = new Neighbourhood(own);
            lab.step("short tasks on " + lane + ", warming up and alone");
            neighbourhood.warmUp();
            Neighbourhood.Runs alone = neighbourhood.alone();
            lab.step("short tasks on " + lane + " beside greedy ones that compute");
            Neighbourhood.Runs computing = neighbourhood.beside("work", "{\"waitMs\":0,\"cpuMicros\":2500000}");
            lab.step("short tasks on " + lane + " beside greedy ones that allocate");
            return new Borne(alone, computing, neighbourhood.beside("allocate", "{\"ms\":4000,\"liveMegabytes\":24}"));
        }
    }

    private static Finding.Figures figures(Finding.Figures figures, String lane, Borne borne) {
        return figures.add(lane + ", alone, p99", borne.alone().p99(), "ms")
                .add(lane + ", beside computing tasks, p99", borne.computing().p99(), "ms")
                .add(
                        lane + ", beside computing tasks, longest",
                        borne.computing().longest(),
                        "ms")
                .add(lane + ", beside allocating tasks, p99", borne.allocating().p99(), "ms")
                .add(
                        lane + ", beside allocating tasks, longest",
                        borne.allocating().longest(),
                        "ms")
                .add(
                        lane + ", short tasks beside computing ones",
                        borne.computing().ms().size(),
                        "tasks")
                .add(
                        lane + ", short tasks beside allocating ones",
                        borne.allocating().ms().size(),
                        "tasks");
    }
}
