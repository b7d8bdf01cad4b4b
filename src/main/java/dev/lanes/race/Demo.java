package dev.lanes.race;

import dev.lanes.ledger.TaskView;
import dev.lanes.task.Attempt;
import dev.lanes.task.LaneName;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/**
 * The classic demonstration, through the pipeline: three tasks that wait a second each, then three that compute for
 * about a second each, on every lane, one lane at a time. Waiting alone cannot tell concurrency from parallelism;
 * computing does.
 */
@Singleton
public final class Demo {
    private static final Logger LOG = Logger.getLogger(Demo.class);
    private static final List<String> NAMES = List.of("A", "B", "C");
    private static final int WAIT_MS = 1000;
    private static final double COMPUTE_MS = 1000;
    private static final long FIRST_ITERATIONS = 50_000;
    private static final int CALIBRATIONS = 4;

    private final Trial trial;
    private final Machine machine;
    private final AtomicBoolean running = new AtomicBoolean();
    private final BroadcastProcessor<DemoReport> progress = BroadcastProcessor.create();
    private volatile DemoReport report =
            new DemoReport("not run", "", null, Runtime.getRuntime().availableProcessors(), List.of());

    Demo(Trial trial, Machine machine) {
        this.trial = trial;
        this.machine = machine;
    }

    /** Starts it, as soon as the {@link Machine} is free; false when it runs already, or waits. */
    public boolean start() {
        if (!running.compareAndSet(false, true)) {
            return false;
        }
        say("running", "waiting " + Machine.WAITING, List.of());
        var unused = machine.whenFree(this::run);
        return true;
    }

    public DemoReport report() {
        return report;
    }

    /** The report, each time that it changes. */
    public Multi<DemoReport> progress() {
        return progress;
    }

    private void run() {
        try {
            List<DemoReport.Round> rounds = new ArrayList<>();
            say("running", "warming up: a few short tasks on every lane", rounds);
            trial.warmUp();
            String wait = "{\"ms\":" + WAIT_MS + "}";
            round(rounds, "waiting", "sleep", wait, WAIT_MS / 1000.0, Why::waiting);
            say("running", "calibrating: how many hashes take a second here", rounds);
            long iterations = calibrate();
            int cores = report.cores();
            String hash = "{\"iterations\":" + iterations + "}";
            double alone = runMs(trial.run(LaneName.SEQUENTIAL, "hash", hash, 1)) / 1000;
            round(rounds, "computing", "hash", hash, alone, lane -> Why.computing(lane, cores));
            say("finished", "", rounds);
        } catch (Trial.Failed failed) {
            publish(new DemoReport("failed", report.step(), failed.getMessage(), report.cores(), report.rounds()));
        } catch (Throwable unexpected) {
            LOG.error("the demo failed", unexpected);
            publish(new DemoReport("failed", report.step(), unexpected.toString(), report.cores(), report.rounds()));
        } finally {
            running.set(false);
        }
    }

    private void round(
            List<DemoReport.Round> rounds,
            String name,
            String type,
            String payload,
            double taskSeconds,
            Function<LaneName, String> why)
            throws Trial.Failed {
        List<DemoReport.Row> rows = new ArrayList<>();
        rounds.add(new DemoReport.Round(name, type, payload, taskSeconds, rows));
        for (LaneName lane : LaneName.values()) {
            say("running", name + " on " + lane, rounds);
            Trial.Result result = trial.run(lane, type, payload, NAMES.size());
            rows.add(row(lane, result, why.apply(lane)));
        }
        say("running", name + " is done", rounds);
    }

    private static DemoReport.Row row(LaneName lane, Trial.Result result, String why) {
        List<Attempt> attempts = result.attempts();
        Instant first = result.firstStart();
        return new DemoReport.Row(
                lane.toString(),
                seconds(first, result.lastFinish()),
                attempts.stream()
                        .map(attempt -> attempt.place().process())
                        .distinct()
                        .sorted()
                        .toList(),
                attempts.stream()
                        .map(attempt -> attempt.place().thread())
                        .distinct()
                        .sorted()
                        .toList(),
                result.cpuPerWall(),
                why,
                IntStream.range(0, attempts.size())
                        .mapToObj(
                                number -> bar(NAMES.get(number), result.tasks().get(number), first))
                        .toList());
    }

    private static DemoReport.Bar bar(String name, TaskView task, Instant first) {
        Attempt attempt = task.attempts().getLast();
        return new DemoReport.Bar(
                name,
                task.id().toString(),
                attempt.place().process(),
                attempt.place().thread(),
                attempt.place().virtualThread(),
                1000 * seconds(first, attempt.startedAt()),
                1000 * seconds(first, Trial.finishedAt(attempt)));
    }

    /** How many iterations take a second here, after the code has been compiled in every process. */
    private long calibrate() throws Trial.Failed {
        trial.run(LaneName.PROCESS, "hash", "{\"iterations\":" + 4 * FIRST_ITERATIONS + "}", 3 * NAMES.size());
        long iterations = FIRST_ITERATIONS;
        for (int repeat = 0; repeat < CALIBRATIONS; repeat++) {
            Trial.Result one = trial.run(LaneName.SEQUENTIAL, "hash", "{\"iterations\":" + iterations + "}", 1);
            double ms = Math.max(1, runMs(one));
            // Half a second is enough to measure by; the last step goes on to the whole.
            double target = repeat == CALIBRATIONS - 1 ? COMPUTE_MS : COMPUTE_MS / 2;
            iterations = Math.max(1, Math.round(iterations * target / ms));
        }
        return iterations;
    }

    private static double runMs(Trial.Result one) {
        return 1000 * seconds(one.firstStart(), one.lastFinish());
    }

    private static double seconds(Instant from, Instant to) {
        return Math.round(Duration.between(from, to).toNanos() / 1e4) / 1e5;
    }

    private void say(String state, String step, List<DemoReport.Round> rounds) {
        List<DemoReport.Round> copy = rounds.stream()
                .map(round -> new DemoReport.Round(
                        round.round(), round.type(), round.payload(), round.taskSeconds(), List.copyOf(round.lanes())))
                .toList();
        publish(new DemoReport(state, step, null, report.cores(), copy));
    }

    private void publish(DemoReport now) {
        report = now;
        progress.onNext(now);
    }
}
