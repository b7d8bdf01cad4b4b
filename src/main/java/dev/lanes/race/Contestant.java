package dev.lanes.race;

import dev.lanes.pipeline.Course;
import dev.lanes.process.ChildJvm;
import dev.lanes.task.LaneName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One who races, in JVMs that it has for itself: a lane, or the bare client. */
final class Contestant implements AutoCloseable {
    private final String name;
    private final LaneName lane;
    private final int concurrency;
    private final Course course;
    private final List<Process> processes;

    private Contestant(String name, LaneName lane, int concurrency, Course course, List<Process> processes) {
        this.name = name;
        this.lane = lane;
        this.concurrency = concurrency;
        this.course = course;
        this.processes = processes;
    }

    /**
     * Starts its JVMs.
     *
     * @param lane whose topic it reads
     */
    static Contestant start(String name, LaneName lane, int concurrency, Course course, List<ChildJvm> jvms)
            throws IOException {
        List<Process> processes = new ArrayList<>();
        try {
            for (ChildJvm jvm : jvms) {
                processes.add(jvm.start());
            }
            return new Contestant(name, lane, concurrency, course, processes);
        } catch (IOException e) {
            processes.forEach(Process::destroyForcibly);
            throw e;
        }
    }

    String name() {
        return name;
    }

    LaneName lane() {
        return lane;
    }

    int concurrency() {
        return concurrency;
    }

    Course course() {
        return course;
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
        return sum;
    }

    /** Resident memory in bytes; null where the system does not tell. */
    @Nullable
    Long rssBytes() {
        Long kilobytes = status("VmRSS", text -> Long.parseLong(text.split(" ")[0]));
        return kilobytes == null ? null : kilobytes * 1024;
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
                        .orElseThrow();
            } catch (IOException notLinux) {
                return null;
            }
        }
        return sum;
    }

    @Override
    public void close() {
        for (Process process : processes) {
            try {
                process.getOutputStream().close();
            } catch (IOException gone) {
                // It has ended already.
            }
        }
        for (Process process : processes) {
            try {
                if (!process.waitFor(5, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException hurry) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
