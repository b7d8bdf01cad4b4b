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
import org.eclipse.microprofile.config.inject.ConfigProperty;

@Singleton
final class WaitingWork implements Experiment {
    private static final double TIMES = 2;
    /** As many as the lane process has processes by default: every concurrent lane can have so many in flight. */
    private static final int AT_ONCE = 3;

    private static final int MANY = 48;
    private static final int WAIT_MS = 100;

    private final String echo;

    WaitingWork(@ConfigProperty(name = "lanes.http.allow") String allowed) {
        this.echo = allowed.split(",")[0] + "?delayMs=" + WAIT_MS;
    }

    @Override
    public Claim claim() {
        return new Claim(
                "8a",
                "waiting-work",
                "For I/O-bound work async and threads win.",
                "Holds: whoever waits has released the GIL, and a coroutine or a thread that waits costs less than a"
                        + " process that waits.",
                "Holds, for the same budget: what waits needs no core, so what counts is how many can wait at once, and"
                        + " that is cheap for Unis, virtual threads and threads. With equally many in flight there is no"
                        + " difference.",
                "for the same budget reactive, thread and virtual each do at least " + (int) TIMES
                        + " times as many tasks a second as process, waiting for a timer and for HTTP",
                "How many times as many waiting tasks a second will virtual do as process, each as it is by default?",
                "times",
                "What waits needs a place to wait in, and no core. So take the model whose places are cheapest: waiting"
                        + " in a process of its own is the dearest.");
    }

    @Override
    public Finding run(Lab lab) throws Trial.Failed {
        Comparison comparison = new Comparison(lab);
        String sleep = "{\"ms\":" + WAIT_MS + "}";
        String http = "{\"url\":\"" + echo + "\"}";
        lab.step("waiting for a timer, " + MANY + " tasks at once");
        Map<LaneName, Double> timers = comparison.tasksPerSecond("sleep", sleep, MANY);
        lab.step("waiting for HTTP, " + MANY + " tasks at once");
        Map<LaneName, Double> requests = comparison.tasksPerSecond("http", http, MANY);
        lab.step("waiting for a timer, " + AT_ONCE + " tasks at once");
        Map<LaneName, Double> few = comparison.tasksPerSecond("sleep", sleep, AT_ONCE);
        double slowest = Math.min(
                Comparison.slowest(timers, REACTIVE, THREAD, VIRTUAL) / Comparison.slowest(timers, PROCESS),
                Comparison.slowest(requests, REACTIVE, THREAD, VIRTUAL) / Comparison.slowest(requests, PROCESS));
        double virtual = Comparison.slowest(timers, VIRTUAL) / Comparison.slowest(timers, PROCESS);
        Finding.Figures figures = new Finding.Figures();
        Comparison.add(figures, "timer, equal budget", timers);
        Comparison.add(figures, "HTTP, equal budget", requests);
        Comparison.add(figures, "timer, " + AT_ONCE + " in flight on each", few);
        return Finding.of(
                slowest >= TIMES,
                String.format(
                        Locale.ROOT,
                        "waiting tasks a second for the same budget: sequential %.0f, reactive %.0f, thread %.0f, virtual"
                                + " %.0f, process %.0f; with %d in flight on each: %.0f, %.0f, %.0f, %.0f, %.0f",
                        Comparison.slowest(timers, SEQUENTIAL),
                        Comparison.slowest(timers, REACTIVE),
                        Comparison.slowest(timers, THREAD),
                        Comparison.slowest(timers, VIRTUAL),
                        Comparison.slowest(timers, PROCESS),
                        AT_ONCE,
                        Comparison.slowest(few, SEQUENTIAL),
                        Comparison.slowest(few, REACTIVE),
                        Comparison.slowest(few, THREAD),
                        Comparison.slowest(few, VIRTUAL),
                        Comparison.slowest(few, PROCESS)),
                virtual,
                figures.list(),
                "Tasks that wait " + WAIT_MS + " ms, " + MANY
                        + " at once on each lane as it runs, and then as many as even process can have in flight; from"
                        + " the first start to the last finish, the median of three rounds.");
    }
}
