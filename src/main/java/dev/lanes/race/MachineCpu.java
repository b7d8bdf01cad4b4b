package dev.lanes.race;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How much CPU time was taken by what has no part in what is measured. */
final class MachineCpu {
    /** The unit of /proc/stat on every architecture that has a JVM. */
    private static final long TICKS_PER_SECOND = 100;

    /** The threads of the lanes; virtual ones are carried by those of a pool of the JDK's. */
    private static final Pattern RUNS_TASKS =
            Pattern.compile("lanes-(sequential|reactive-loop|thread-\\d+)$|ForkJoinPool-1-worker-");

    private MachineCpu() {}

    /**
     * Since when, and from what on.
     *
     * @param parts the CPU time of those that have part in it
     */
    record Stopwatch(
            Supplier<Duration> parts,
            long startNanos,
            @Nullable Duration before) {
        /** Cores that others have kept busy since; null where the system does not tell. */
        @Nullable
        Double cores() {
            Duration after = ofOthers(parts);
            return before == null || after == null
                    ? null
                    : Math.max(0, (double) after.minus(before).toNanos() / (System.nanoTime() - startNanos));
        }
    }

    static Stopwatch start(Supplier<Duration> parts) {
        return new Stopwatch(parts, System.nanoTime(), ofOthers(parts));
    }

    /**
     * CPU time of all others on this machine since it was started; null where the system does not tell.
     *
     * @see <a href="https://man7.org/linux/man-pages/man5/proc_stat.5.html">proc_stat(5)</a>
     */
    private static @Nullable Duration ofOthers(Supplier<Duration> parts) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
            return busy(lines.findFirst().orElse("")).minus(parts.get());
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException notLinux) {
            return null;
        }
    }

    /** From "cpu user nice system idle iowait irq softirq steal ...". */
    static Duration busy(String line) {
        String[] ticks = line.split(" +");
        long busy = 0;
        for (int field : new int[] {1, 2, 3, 6, 7, 8}) {
            busy += Long.parseLong(ticks[field]);
        }
        return ticks(busy);
    }

    static Duration ticks(long ticks) {
        return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
    }

    /** Of this process, its children and theirs: for what runs on the lanes that run. */
    static Duration ofAllHere() {
        ProcessHandle self = ProcessHandle.current();
        return of(Stream.concat(Stream.of(self), self.descendants()));
    }

    /** Of processes that have part in it; nothing for one that the system does not tell of. */
    static Duration of(Stream<ProcessHandle> processes) {
        return processes
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /**
     * Of this process as the one who publishes, without the tasks that its own lanes run for others; null where the
     * system does not tell.
     */
    static @Nullable Duration ofPublisher() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(all -> all.minus(ofOwnLanes()))
                .orElse(null);
    }

    private static Duration ofOwnLanes() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long nanos = Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(Objects::nonNull)
                .filter(thread -> RUNS_TASKS.matcher(thread.getThreadName()).lookingAt())
                .mapToLong(thread -> Math.max(0, threads.getThreadCpuTime(thread.getThreadId())))
                .sum();
        return Duration.ofNanos(nanos);
    }
}
