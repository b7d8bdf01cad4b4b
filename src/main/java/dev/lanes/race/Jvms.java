package dev.lanes.race;

import dev.lanes.process.ChildJvm;
import dev.lanes.process.Suspension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The JVMs that one entrant has for itself; none, where lanes race that others use too. While others have the machine
 * they are suspended, as even idle ones take a few hundredths of a core each; they go on for a moment every now and
 * then, lest Kafka takes them for dead.
 */
final class Jvms implements AutoCloseable {
    static final Jvms NONE = new Jvms(Map.of());

    private static final Logger LOG = Logger.getLogger(Jvms.class);
    private static final int KILOBYTE = 1024;
    /** Well below the 45 s after which a group gives its member up. */
    private static final Duration SUSPENDED_AT_MOST = Duration.ofSeconds(20);
    /** For heartbeats, and for the fetches that wait for records to reach the broker again. */
    private static final Duration SETTLED_AFTER = Duration.ofMillis(300);

    /** By the names of their logs. */
    private final Map<String, Process> processes;

    private @Nullable Thread suspending;

    private Jvms(Map<String, Process> processes) {
        this.processes = processes;
    }

    /**
     * Starts them.
     *
     * @throws IOException when one cannot be started; then none runs
     */
    static Jvms start(List<ChildJvm> jvms) throws IOException {
        Map<String, Process> processes = new LinkedHashMap<>();
        try {
            for (ChildJvm jvm : jvms) {
                processes.put(jvm.name(), jvm.suspendable().start());
            }
            return new Jvms(processes);
        } catch (IOException e) {
            processes.values().forEach(Process::destroyForcibly);
            throw e;
        }
    }

    boolean alive() {
        return processes.values().stream().allMatch(Process::isAlive);
    }

    /** How one of them ended; null while all live. */
    @Nullable
    String death() {
        return processes.entrySet().stream()
                .filter(one -> !one.getValue().isAlive())
                .findFirst()
                .map(one -> one.getKey() + " (pid " + one.getValue().pid() + ", exit status "
                        + one.getValue().exitValue() + "; its log may say why)")
                .orElse(null);
    }

    List<ProcessHandle> handles() {
        return processes.values().stream().map(Process::toHandle).toList();
    }

    /** Suspends them until {@link #resume()}. */
    void suspend() {
        if (!processes.isEmpty()) {
            suspending = Thread.ofVirtual().name("lanes-suspend").start(this::suspendUntilInterrupted);
        }
    }

    private void suspendUntilInterrupted() {
        try {
            while (alive()) {
                Suspension.stop(handles());
                Thread.sleep(SUSPENDED_AT_MOST);
                Suspension.resume(handles());
                Thread.sleep(SETTLED_AFTER);
            }
        } catch (InterruptedException wanted) {
            // They go on now.
        } catch (IOException left) {
            LOG.debugf("JVMs that wait are not suspended: %s", left);
        }
    }

    /** Lets them go on, and waits until they are themselves again. */
    void resume() throws IOException, InterruptedException {
        if (suspending != null) {
            suspending.interrupt();
            suspending.join();
            suspending = null;
            Suspension.resume(handles());
            Thread.sleep(SETTLED_AFTER);
        }
    }

    /** CPU time since their start; null where the system does not tell. */
    @Nullable
    Duration cpu() {
        Duration sum = Duration.ZERO;
        for (Process process : processes.values()) {
            Duration one = process.info().totalCpuDuration().orElse(null);
            if (one == null) {
                return null;
            }
            sum = sum.plus(one);
        }
        return processes.isEmpty() ? null : sum;
    }

    /** CPU time that their compilers have taken since their start; null where the system does not tell. */
    @Nullable
    Duration compilerCpu() {
        Duration sum = Duration.ZERO;
        for (Process process : processes.values()) {
            Duration one = CompilerCpu.of(process.pid());
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
        for (Process process : processes.values()) {
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
        if (suspending != null) {
            suspending.interrupt();
        }
        processes.values().forEach(Process::destroyForcibly);
        for (Process process : processes.values()) {
            try {
                process.waitFor(5, TimeUnit.SECONDS);
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
