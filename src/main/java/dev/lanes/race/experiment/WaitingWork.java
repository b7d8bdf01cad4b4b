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
import org.eclipse.microprofile.config.inject.ConfigProperty;

@Singleton
final class WaitingWork implements Experiment {
    private static final double TIMES = 2;
    private static final int ROUNDS = 2;
    private static final int MANY = 32;
    private static final int ONE_AFTER_ANOTHER = 3;
    private static final int WAIT_MS = 100;
    private static final List<LaneName> CHEAP_PLACES = List.of(REACTIVE, THREAD, VIRTUAL);

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
        Comparison comparison = new Comparison(lab, ROUNDS);
        Comparison once = new Comparison(lab, 1);
        String sleep = "{\"ms\":" + WAIT_MS + "}";
        String http = "{\"url\":\"" + echo + "\"}";
        lab.step("waiting for a timer, " + MANY + " tasks at once");
        Rates timers = comparison.atOnce("sleep", sleep, MANY);
        lab.step("waiting for HTTP, " + MANY + " tasks at once");
        Rates requests = comparison.atOnce("http", http, MANY);
        // As many as even process can have in flight.
        int few = timers.places(PROCESS);
        lab.step("waiting for a timer, " + few + " tasks in flight");
        Rates fewTimers = once.inFlight("sleep", sleep, few, ONE_AFTER_ANOTHER);
        lab.step("waiting for HTTP, " + few + " tasks in flight");
        Rates fewRequests = once.inFlight("http", http, few, ONE_AFTER_ANOTHER);
        Finding.Figures figures = new Finding.Figures();
        timers.addTo(figures, "timer, equal budget");
        requests.addTo(figures, "HTTP, equal budget");
        fewTimers.addTo(figures, "timer, " + few + " in flight on each");
        fewRequests.addTo(figures, "HTTP, " + few + " in flight on each");
        return Finding.of(
                CHEAP_PLACES.stream()
                        .allMatch(lane -> timers.over(PROCESS, lane) >= TIMES && requests.over(PROCESS, lane) >= TIMES),
                "tasks a second that wait for a timer, for the same budget: " + line(timers) + "; with " + few
                        + " in flight on each: " + line(fewTimers) + "; that wait for HTTP, for the same budget: "
                        + line(requests)
                        + "; with " + few + " in flight on each: " + line(fewRequests),
                timers.over(PROCESS, VIRTUAL),
                figures.list(),
                "Tasks that wait " + WAIT_MS + " ms, " + MANY + " at once on each lane as it runs, the median of "
                        + ROUNDS + " rounds, and then once " + few
                        + " in flight on each, as many as process has processes, a task published when one before it"
                        + " has ended; from the first start to the last finish.");
    }

    private static String line(Rates rates) {
        return String.format(
                Locale.ROOT,
                "sequential %.0f, reactive %.0f, thread %.0f, virtual %.0f, process %.0f",
                rates.of(SEQUENTIAL),
                rates.of(REACTIVE),
                rates.of(THREAD),
                rates.of(VIRTUAL),
                rates.of(PROCESS));
    }
}
