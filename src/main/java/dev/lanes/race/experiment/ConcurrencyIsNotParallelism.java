package dev.lanes.race.experiment;

import dev.lanes.task.LaneName;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

@Singleton
final class ConcurrencyIsNotParallelism implements Experiment {
    private static final int TASKS = 100;
    private static final String WORK = "{\"waitMs\":200,\"cpuMicros\":30000}";
    private static final String IDLE = "{\"ms\":1500}";
    private static final int ENOUGH_IN_PROGRESS = 50;
    private static final double ONE_CORE = 1.2;
    private static final List<LaneName> LANES = List.of(LaneName.REACTIVE, LaneName.THREAD);

    private final OwnLanes lanes;

    ConcurrencyIsNotParallelism(OwnLanes lanes) {
        this.lanes = lanes;
    }

    @Override
    public Claim claim() {
        return new Claim(
                "7",
                "concurrency-is-not-parallelism",
                "Concurrency is not parallelism.",
                "Holds: a hundred coroutines, or a hundred threads under the GIL, are in progress at once, and one of them"
                        + " computes.",
                "Holds: on one event loop a hundred tasks are in progress and one computes; threads compute on all cores,"
                        + " whether they are few or many.",
                "of " + TASKS + " tasks on reactive at least " + ENOUGH_IN_PROGRESS
                        + " are in progress at once, while at most " + ONE_CORE + " cores are kept busy",
                "With " + TASKS + " tasks in progress on reactive, how many cores are busy on average?",
                "cores",
                "Concurrency is how many tasks have begun and not ended; parallelism is how many compute at this moment."
                        + " The first is a matter of the program, the second never exceeds the cores.");
    }

    /** Runs tasks on a lane to their end. */
    private interface Runner {
        Ran run(LaneName lane, String type, String payload, int count) throws Exception;
    }

    @Override
    public Finding run(Lab lab) throws Exception {
        List<Seen> seen = watch(
                lab,
                lab.cores() == 1 ? "1 core" : lab.cores() + " cores",
                (lane, type, payload, count) -> Ran.of(lab.tasks(lane, type, payload, count)));
        if (seen.isEmpty()) {
            return Finding.notRun("the lanes' processes run on other hosts, whose CPU time cannot be read from here");
        }
        OneCore oneCore = OneCore.here();
        return finding(seen, lab.cores() == 1 ? List.of() : onOneCore(lab, oneCore), oneCore);
    }

    private List<Seen> onOneCore(Lab lab, OneCore oneCore) throws Exception {
        List<String> flags = new ArrayList<>(List.of("-Xmx256m", "-XX:+UseSerialGC", OwnLanes.QUICK_START));
        flags.addAll(oneCore.flags());
        lab.step("starting a JVM " + oneCore.words());
        try (OwnLane own = lanes.open(LANES, 1, restarts -> new OwnLanes.Setup(oneCore.launcher(), flags, Map.of()))) {
            return watch(lab, "1 core", own::run);
        }
    }

    /** Empty where CPU time cannot be told. */
    private static List<Seen> watch(Lab lab, String cores, Runner runner) throws Exception {
        List<Seen> seen = new ArrayList<>();
        for (LaneName lane : LANES) {
            String title = lane + ", on " + cores;
            lab.step("warming up " + title);
            runner.run(lane, "work", "{\"waitMs\":1,\"cpuMicros\":20000}", 20);
            lab.step("what the process does anyway: " + title);
            Double idle = runner.run(lane, "sleep", IDLE, 1).cores();
            lab.step(TASKS + " tasks: " + title);
            Ran ran = runner.run(lane, "work", WORK, TASKS);
            Double busy = ran.cores();
            if (busy == null || idle == null) {
                return List.of();
            }
            seen.add(Seen.of(title, ran, Math.max(0, busy - idle)));
        }
        return seen;
    }

    private static Finding finding(List<Seen> onAll, List<Seen> onOne, OneCore oneCore) {
        Seen reactive = onAll.getFirst();
        List<Seen> seen = Stream.concat(onAll.stream(), onOne.stream()).toList();
        Finding.Figures figures = new Finding.Figures();
        seen.forEach(one -> one.addTo(figures));
        Timeline timeline =
                new Timeline(seen.stream().mapToLong(Seen::end).max().orElseThrow());
        seen.forEach(one -> timeline.add(one.line(), one.byThread()));
        return Finding.of(
                        reactive.mostInProgress() >= ENOUGH_IN_PROGRESS && reactive.busy() <= ONE_CORE,
                        seen.stream().map(Seen::line).collect(Collectors.joining("; ")),
                        reactive.busy(),
                        figures.list(),
                        TASKS + " tasks of type work, which wait 200 ms and compute 30 ms. In progress is from an"
                                + " attempt's start to its finish; cores busy is the CPU time of the lane's process over"
                                + " the time taken, less the same while one task sleeps."
                                + (onOne.isEmpty() ? "" : " Then once more in a JVM " + oneCore.words() + "."))
                .with(timeline.lines());
    }
}
