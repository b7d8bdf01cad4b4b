package dev.lanes.race;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How much CPU time the compilers of a JVM have taken: as long as they do, what it runs becomes quicker yet. */
final class CompilerCpu {
    private CompilerCpu() {}

    /**
     * Since the start of the process; null where the system does not tell.
     *
     * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
     */
    static @Nullable Duration of(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return threads.map(CompilerCpu::stat)
                    .filter(stat -> stat.contains("(C1 Compiler") || stat.contains("(C2 Compiler"))
                    .map(CompilerCpu::cpu)
                    .reduce(Duration.ZERO, Duration::plus);
        } catch (IOException notLinux) {
            return null;
        }
    }

    private static String stat(Path thread) {
        try {
            return Files.readString(thread.resolve("stat"));
        } catch (IOException ended) {
            return "";
        }
    }

    /** From "tid (name) state ppid ... utime stime ...", the 14th and the 15th. */
    static Duration cpu(String stat) {
        List<String> behindName =
                List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
        return MachineCpu.ticks(Long.parseLong(behindName.get(11)) + Long.parseLong(behindName.get(12)));
    }
}
