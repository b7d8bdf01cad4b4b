package dev.lanes.race.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanes.race.experiment.Bars.Bar;
import jakarta.inject.Singleton;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;

@Singleton
final class CreationTime implements Experiment {
    private static final int AT_LEAST = 5;
    private static final int WORKERS = 3;
    private static final double BUDGET_NANOS = 5e9;

    @Override
    public Claim claim() {
        return new Claim(
                "2",
                "creation-time",
                "A process is slower to create than a thread.",
                "Holds, and more so: a child made by spawn starts an interpreter and imports its modules anew.",
                "Holds: the kernel gives a process an address space of its own and loads a program into it; a JVM then"
                        + " has to start as well.",
                "starting an empty program takes at least " + AT_LEAST + " times as long as starting a platform thread",
                "How many times longer than a platform thread does the smallest process take, from its start to its"
                        + " end?",
                "times",
                "Make processes beforehand and keep them, as a pool of workers does. Threads are cheap enough to make"
                        + " when needed, and virtual threads and Unis cheap enough to make one for each task.");
    }

    @Override
    public Finding run(Lab lab) throws Exception {
        if (List.of("/bin/true", "/usr/bin/true").stream().map(Path::of).noneMatch(Files::isExecutable)) {
            return Finding.notRun("this system has no program true, which does nothing");
        }
        lab.step("programs, threads and Unis");
        JsonNode nanos = lab.measured(CreationMain.class, List.of("-Xmx256m"));
        double program = nanos.path("program").asDouble();
        double platform = nanos.path("platform").asDouble();
        double virtual = nanos.path("virtual").asDouble();
        double uni = nanos.path("uni").asDouble();
        double jvm = nanos.path("jvm").asDouble();
        double worker = worker(lab);
        double times = program / platform;
        return Finding.of(
                        times >= AT_LEAST,
                        "an empty program takes " + Human.time(program) + ", a platform thread " + Human.time(platform)
                                + ": " + Human.number(times) + " times",
                        times,
                        new Finding.Figures()
                                .add("worker process until ready", worker / 1e3, "µs")
                                .add("JVM with an empty main", jvm / 1e3, "µs")
                                .add("empty program", program / 1e3, "µs")
                                .add("platform thread", platform / 1e3, "µs")
                                .add("virtual thread", virtual / 1e3, "µs")
                                .add("Uni", uni / 1e3, "µs")
                                .list(),
                        "Medians, from the start until it has run and ended. The empty program is true, started by"
                                + " java.lang.Process, whose helper makes it two execs; the worker process is timed"
                                + " until it logs that it has started. A Uni runs on the thread that waits for it.")
                .with(Bars.logarithmic(List.of(
                        new Bar("worker process until ready", worker, Human.time(worker)),
                        new Bar("JVM with an empty main", jvm, Human.time(jvm)),
                        new Bar("empty program", program, Human.time(program)),
                        new Bar("platform thread", platform, Human.time(platform)),
                        new Bar("virtual thread", virtual, Human.time(virtual)),
                        new Bar("Uni", uni, Human.time(uni)))));
    }

    private static double worker(Lab lab) throws IOException, InterruptedException {
        DoubleStream.Builder nanos = DoubleStream.builder();
        double spent = 0;
        for (int number = 1; number <= WORKERS && spent < BUDGET_NANOS; number++) {
            lab.step("worker process " + number + " of at most " + WORKERS);
            double one = untilReady(lab.worker().builder().redirectErrorStream(true));
            nanos.add(one);
            spent += one;
        }
        return Stopwatch.median(nanos.build().toArray());
    }

    private static double untilReady(ProcessBuilder worker) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = worker.start();
        try (BufferedReader log = process.inputReader()) {
            for (String line = log.readLine(); line != null; line = log.readLine()) {
                if (line.contains("started in")) {
                    return System.nanoTime() - start;
                }
            }
            throw new IOException("a worker process has ended before it was ready");
        } finally {
            stop(process);
        }
    }

    /** The end of its input tells it to stop cleanly: it may have taken a task. */
    private static void stop(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
