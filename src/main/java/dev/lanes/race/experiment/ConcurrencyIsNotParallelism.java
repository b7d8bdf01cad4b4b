package dev.lanes.race.experiment;

import dev.lanes.race.Trial;
import dev.lanes.task.LaneName;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

@Singleton
final class ConcurrencyIsNotParallelism implements Experiment {
    private static final int TASKS = 100;
    private static final String WORK = "{\"waitMs\":200,\"cpuMicros\":30000}";
    private static final String IDLE = "{\"ms\":1500}";
    private static final int ENOUGH_IN_PROGRESS = 50;
    private static final double ONE_CORE = 1.2;

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

    /**
     * What a lane did with the tasks.
     *
     * @param cores that it kept busy on average, less what its process does anyway; null where that cannot be told
     */
    private record Seen(
            LaneName lane,
            InProgress all,
            Map<String, InProgress> byThread,
            @Nullable Double cores) {
        double mean() {
            return all.mean(0, all.end());
        }
    }

    @Override
    public Finding run(Lab lab) throws Trial.Failed {
        Seen reactive = watch(lab, LaneName.REACTIVE);
        Seen thread = watch(lab, LaneName.THREAD);
        Double onReactive = reactive.cores();
        Double onThread = thread.cores();
        if (onReactive == null || onThread == null) {
            return Finding.notRun("the lanes' processes run on other hosts, whose CPU time cannot be read from here");
        }
        return Finding.of(
                        reactive.all().max() >= ENOUGH_IN_PROGRESS && onReactive <= ONE_CORE,
                        line(reactive, onReactive) + "; " + line(thread, onThread)
                                + (lab.cores() == 1 ? "; on 1 core" : "; on " + lab.cores() + " cores"),
                        onReactive,
                        new Finding.Figures()
                                .add(
                                        "in progress on reactive, most",
                                        reactive.all().max(),
                                        "tasks")
                                .add("in progress on reactive, mean", reactive.mean(), "tasks")
                                .add("busy on reactive, mean", onReactive, "cores")
                                .add("in progress on thread, most", thread.all().max(), "tasks")
                                .add("in progress on thread, mean", thread.mean(), "tasks")
                                .add("busy on thread, mean", onThread, "cores")
                                .add("cores", lab.cores(), "cores")
                                .list(),
                        TASKS + " tasks of type work, which wait 200 ms and compute 30 ms. In progress is from an"
                                + " attempt's start to its finish; cores busy is the CPU time of the lane's process over"
                                + " the time taken, less the same while one task sleeps.")
                .with(new Timeline(Math.max(reactive.all().end(), thread.all().end()))
                        .add(line(reactive, onReactive), reactive.byThread())
                        .add(line(thread, onThread), thread.byThread())
                        .lines());
    }

    private static Seen watch(Lab lab, LaneName lane) throws Trial.Failed {
        lab.step("warming up " + lane);
        lab.tasks(lane, "work", "{\"waitMs\":1,\"cpuMicros\":20000}", 20);
        lab.step("what the process of " + lane + " does anyway");
        Double idle = lab.tasks(lane, "sleep", IDLE, 1).cpuPerWall();
        lab.step(TASKS + " tasks on " + lane);
        Trial.Result result = lab.tasks(lane, "work", WORK, TASKS);
        Double busy = result.cpuPerWall();
        Map<String, InProgress> byThread = byThread(result);
        return new Seen(
                lane,
                new InProgress(byThread.values().stream()
                        .flatMap(one -> one.spans().stream())
                        .toList()),
                byThread,
                busy == null || idle == null ? null : Math.max(0, busy - idle));
    }

    private static Map<String, InProgress> byThread(Trial.Result result) {
        Instant first = result.firstStart();
        Map<String, InProgress> byThread =
                new TreeMap<>(Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder()));
        result.attempts()
                .forEach(attempt -> byThread.merge(
                        attempt.place().thread(),
                        new InProgress(
                                List.of(InProgress.Span.of(first, attempt.startedAt(), Trial.finishedAt(attempt)))),
                        InProgress::and));
        return byThread;
    }

    private static String line(Seen seen, double cores) {
        return String.format(
                Locale.ROOT,
                "%s: up to %d tasks in progress (%.0f on average), %.2f cores busy",
                seen.lane(),
                seen.all().max(),
                seen.mean(),
                cores);
    }
}
