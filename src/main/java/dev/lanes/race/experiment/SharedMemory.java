package dev.lanes.race.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanes.race.Trial;
import dev.lanes.task.LaneName;
import dev.lanes.task.Place;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

@Singleton
final class SharedMemory implements Experiment {
    private static final int TASKS = 30;

    @Override
    public Claim claim() {
        return new Claim(
                "1a",
                "shared-memory",
                "Threads share their process's memory, processes do not.",
                "Holds: threads of one interpreter see the same objects, and multiprocessing copies them.",
                "Holds: threads of one JVM see the same heap, and another JVM has a heap of its own.",
                "on thread several threads count all tasks with one counter; on process there is one for each process, and"
                        + " they add up",
                "How many counters will " + TASKS + " tasks on the lane process find?",
                "counters",
                "What one thread writes, the others can read, and must therefore agree about. A process has its memory for"
                        + " itself, so whatever it shares it has to send.");
    }

    @Override
    public Finding run(Lab lab) throws Exception {
        lab.step("counting on thread");
        Trial.Result onThread = lab.tasksOneByOne(LaneName.THREAD, "count", "{}", TASKS);
        Map<Long, TreeSet<Long>> inThreads = counters(lab.results(onThread));
        long threads = distinct(onThread, Place::thread);
        lab.step("counting on process");
        Trial.Result onProcess = lab.tasksOneByOne(LaneName.PROCESS, "count", "{}", TASKS);
        Map<Long, TreeSet<Long>> inProcesses = counters(lab.results(onProcess));
        long processes = distinct(onProcess, Place::process);
        boolean holds = threads > 1
                && inThreads.size() == 1
                && gapless(inThreads)
                && counted(inThreads) == TASKS
                && inProcesses.size() == processes
                && processes > 1
                && gapless(inProcesses)
                && counted(inProcesses) == TASKS;
        return Finding.of(
                holds,
                TASKS + " tasks: on " + threads + " threads " + words(inThreads.size()) + ", on " + processes
                        + " processes " + words(inProcesses.size()) + " ("
                        + inProcesses.values().stream()
                                .map(counts -> Integer.toString(counts.size()))
                                .collect(Collectors.joining(" + "))
                        + ")",
                inProcesses.size(),
                new Finding.Figures()
                        .add("threads that counted", threads, "threads")
                        .add("counters on thread", inThreads.size(), "counters")
                        .add("processes that counted", processes, "processes")
                        .add("counters on process", inProcesses.size(), "counters")
                        .list(),
                "Tasks of the type count add one to a counter in their process's memory and return it with the pid."
                        + " Each was published when the one before had ended.");
    }

    private static long distinct(Trial.Result result, Function<Place, String> part) {
        return result.attempts().stream()
                .map(attempt -> part.apply(attempt.place()))
                .distinct()
                .count();
    }

    private static String words(int counters) {
        return counters == 1 ? "1 counter" : counters + " counters";
    }

    /** The counts that tasks were given, by the process that gave them. */
    private static Map<Long, TreeSet<Long>> counters(List<JsonNode> results) {
        Map<Long, TreeSet<Long>> counts = new TreeMap<>();
        results.forEach(one -> counts.computeIfAbsent(one.path("pid").asLong(), first -> new TreeSet<>())
                .add(one.path("count").asLong()));
        return counts;
    }

    private static int counted(Map<Long, TreeSet<Long>> counters) {
        return counters.values().stream().mapToInt(TreeSet::size).sum();
    }

    /** Whether each counter was raised by these tasks alone, one by one. */
    private static boolean gapless(Map<Long, TreeSet<Long>> counters) {
        return counters.values().stream().allMatch(counts -> counts.last() - counts.first() + 1 == counts.size());
    }
}
