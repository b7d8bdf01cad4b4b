package dev.lanes.race;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Memory of a process, as the kernel counts it.
 *
 * @param pssBytes its own pages, and its share of those that it shares with others
 * @param rssBytes all its pages, those that are shared in full
 * @see <a href="https://docs.kernel.org/filesystems/proc.html">smaps_rollup</a>
 */
public record Smaps(long pssBytes, long rssBytes) {
    private static final Path OWN = Path.of("/proc/self/smaps_rollup");

    /** Whether this system tells. */
    public static boolean known() {
        return Files.isReadable(OWN);
    }

    /** Of this process. */
    public static Smaps own() throws IOException {
        return parse(Files.readAllLines(OWN));
    }

    /** Of another process of the same user. */
    public static Smaps of(long pid) throws IOException {
        return parse(Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps_rollup")));
    }

    static Smaps parse(List<String> lines) {
        return new Smaps(bytes(lines, "Pss:"), bytes(lines, "Rss:"));
    }

    private static long bytes(List<String> lines, String field) {
        return lines.stream()
                .filter(line -> line.startsWith(field))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
