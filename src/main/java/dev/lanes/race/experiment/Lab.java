package dev.lanes.race.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lanes.ledger.TaskView;
import dev.lanes.process.ChildJvm;
import dev.lanes.process.LaneJvms;
import dev.lanes.race.Trial;
import dev.lanes.task.LaneName;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** What experiments are made with: the lanes that run, JVMs of their own, and somebody who is told how far they are. */
final class Lab {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final JsonMapper JSON = new JsonMapper();

    private final Trial trial;
    private final LaneJvms jvms;
    private final Consumer<String> progress;

    Lab(Trial trial, LaneJvms jvms, Consumer<String> progress) {
        this.trial = trial;
        this.jvms = jvms;
        this.progress = progress;
    }

    /** Cores that this process may use. */
    int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** Says what is done now. */
    void step(String what) {
        progress.accept(what);
    }

    /**
     * Runs {@code count} tasks on a lane that runs, through Kafka, and waits for them.
     *
     * @throws Trial.Failed when the lane does not run, a task does not succeed, or a minute has passed
     */
    Trial.Result tasks(LaneName lane, String type, String payload, int count) throws Trial.Failed {
        return trial.run(lane, type, payload, count);
    }

    /**
     * The same, each published when the one before has ended: any process that is free may take it, where of many quick
     * ones a process takes several at once.
     */
    Trial.Result tasksOneByOne(LaneName lane, String type, String payload, int count) throws Trial.Failed {
        List<TaskView> tasks = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            tasks.addAll(trial.run(lane, type, payload, 1).tasks());
        }
        return new Trial.Result(tasks, null);
    }

    /** The same, from several places at once, so that there are always so many in flight. */
    Trial.Result tasksInFlight(LaneName lane, String type, String payload, int places, int each) throws Trial.Failed {
        ExecutorService publishers = Executors.newVirtualThreadPerTaskExecutor();
        try {
            List<Future<Trial.Result>> results = IntStream.range(0, places)
                    .mapToObj(place -> publishers.submit(() -> tasksOneByOne(lane, type, payload, each)))
                    .toList();
            List<TaskView> tasks = new ArrayList<>();
            for (Future<Trial.Result> result : results) {
                tasks.addAll(result.get().tasks());
            }
            return new Trial.Result(tasks, null);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Trial.Failed reason) {
                throw reason;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stop);
        } finally {
            publishers.shutdownNow();
        }
    }

    /** What tasks returned. */
    List<JsonNode> results(Trial.Result result) throws IOException {
        List<JsonNode> results = new ArrayList<>();
        for (TaskView task : trial.details(result)) {
            results.add(JSON.readTree(String.valueOf(task.result())));
        }
        return results;
    }

    /**
     * Runs a main of ours in a JVM of its own to its end, and answers the JSON that it has printed as its last line.
     * A main may be one that crashes: see {@link #program}.
     *
     * @throws IOException when it cannot be started, fails, prints none, or takes over 90 s
     */
    JsonNode measured(Class<?> main, List<String> jvmFlags, String... args) throws IOException, InterruptedException {
        Process process = program(main, jvmFlags, args)
                .builder()
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        CompletableFuture<String> said = CompletableFuture.supplyAsync(() -> read(process));
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(main.getSimpleName() + " did not end within " + PATIENCE.toSeconds() + " s");
        }
        String text = said.join().strip();
        if (process.exitValue() != 0 || text.isEmpty()) {
            throw new IOException(main.getSimpleName() + " ended with status " + process.exitValue());
        }
        return JSON.readTree(text.substring(text.lastIndexOf('\n') + 1));
    }

    /** How to start a main of ours in a JVM of its own, which ends with this one. */
    ChildJvm program(Class<?> main, List<String> jvmFlags, String... args) {
        return jvms.program("experiment-" + main.getSimpleName(), main, jvmFlags, List.of(args));
    }

    private static String read(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException gone) {
            return "";
        }
    }

    /** The part of this machine's CPU that was busy since this was last asked, from 0 to 1; below 0 when unknown. */
    double busySinceLastAsked() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getCpuLoad();
    }

    /** A process of the lane {@code process}, like those that the supervisor starts: while it runs, it takes tasks. */
    ChildJvm worker() {
        return jvms.worker("experiment-worker", Map.of());
    }
}
