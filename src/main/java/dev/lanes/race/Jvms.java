package dev.lanes.race;

import dev.lanes.process.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The JVMs that one entrant has for itself; none, where lanes race that others use too. */
final class Jvms implements AutoCloseable {
    static final Jvms NONE = new Jvms(List.of());

    private static final int KILOBYTE = 1024;

    private final List<Process> processes;

    private Jvms(List<Process> processes) {
        this.processes = processes;
    }

    /**
     * Starts them.
     *
     * @throws IOException when one cannot be started; then none runs
     */
    static Jvms start(List<ChildJvm> jvms) throws IOException {
        List<Process> processes = new ArrayList<>();
        try {
            for (ChildJvm jvm : jvms) {
                processes.add(jvm.start());
            }
            return new Jvms(processes);
        } catch (IOException e) {
            processes.forEach(Process::destroyForcibly);
            throw e;
        }
    }

    boolean alive() {
        return processes.stream().allMatch(Process::isAlive);
    }

    /** CPU time since their start; null where the system does not tell. */
    @Nullable
    Duration cpu() {
        Duration sum = Duration.ZERO;
        for (Process process : processes) {
            Duration one = process.info().totalCpuDuration().orElse(null);
            if (one == null) {
                return null;
            }
            sum = sum.plus(one);
        }
        return processes.isEmpty() ? null : sum;
    }

    /** Resident memory in bytes; null where the system does not tell. */
    @Nullable
    Long rssBytes() {
        Long kilobytes = status("VmRSS", text -> Long.parseLong(text.split(" ")[0]));
        return kilobytes == null ? null : kilobytes * KILOBYTE;
    }

    /** Live threads; null where the system does not tell. */
    @Nullable
    Long threads() {
        return status("Threads", Long::parseLong);
    }

    private @Nullable Long status(String field, Function<String, Long> read) {
        long sum = 0;
        for (Process process : processes) {
            try {
                sum += Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                        .filter(line -> line.startsWith(field + ":"))
                        .map(line ->
                                read.apply(line.substring(field.length() + 1).strip()))
                        .findFirst()
                        .orElse(0L);
            } catch (IOException notLinux) {
                return null;
            }
        }
        return processes.isEmpty() ? null : sum;
    }

    /** Ends them at once: what they have taken from Kafka goes with the race's topics. */
    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        for (Process process : processes) {
            try {
                process.waitFor(5, TimeUnit.SECONDS);
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
