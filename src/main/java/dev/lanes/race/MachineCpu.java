package dev.lanes.race;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How much CPU time was taken by what is not ours: this process, its children, and theirs. */
final class MachineCpu {
    /** The unit of /proc/stat on every architecture that has a JVM. */
    private static final long TICKS_PER_SECOND = 100;

    private MachineCpu() {}

    /** Since when, and from what on. */
    record Stopwatch(long startNanos, @Nullable Duration before) {
        /** Cores that others have kept busy since; null where the system does not tell. */
        @Nullable
        Double cores() {
            Duration after = ofOthers();
            return before == null || after == null
                    ? null
                    : Math.max(0, (double) after.minus(before).toNanos() / (System.nanoTime() - startNanos));
        }
    }

    static Stopwatch start() {
        return new Stopwatch(System.nanoTime(), ofOthers());
    }

    /**
     * CPU time of all other processes of this machine since it was started; null where the system does not tell.
     *
     * @see <a href="https://man7.org/linux/man-pages/man5/proc_stat.5.html">proc_stat(5)</a>
     */
    static @Nullable Duration ofOthers() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
            return busy(lines.findFirst().orElse("")).minus(ours());
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

    private static Duration ours() {
        ProcessHandle self = ProcessHandle.current();
        return Stream.concat(Stream.of(self), self.descendants())
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }
}
