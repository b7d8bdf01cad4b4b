package dev.lanes.race.cost;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is live in the heap of another JVM of this user: {@code jcmd} makes it collect all garbage, and counts the rest.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/25/docs/specs/man/jcmd.html">jcmd, GC.class_histogram</a>
 */
record LiveHeap(Path jcmd) {
    private static final int PATIENCE_SECONDS = 30;
    /** The last line, of the instances and bytes of all classes. */
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)\\s*$");

    /** Empty where there is no {@code jcmd}, as in a JRE. */
    static Optional<LiveHeap> find() {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        return Files.isExecutable(jcmd) ? Optional.of(new LiveHeap(jcmd)) : Optional.empty();
    }

    /**
     * In bytes.
     *
     * @throws IOException when that JVM does not tell
     */
    long bytes(long pid) throws IOException, InterruptedException {
        Path histogram = Files.createTempFile("lanes-histogram-", ".txt");
        Process asking = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
                .redirectErrorStream(true)
                .redirectOutput(histogram.toFile())
                .start();
        try {
            if (!asking.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("jcmd did not end within " + PATIENCE_SECONDS + " s");
            }
            return total(Files.readString(histogram, StandardCharsets.UTF_8));
        } finally {
            asking.destroyForcibly();
            Files.delete(histogram);
        }
    }

    /** The bytes of all classes of a histogram. */
    static long total(String histogram) throws IOException {
        Matcher total = TOTAL.matcher(histogram);
        if (!total.find()) {
            throw new IOException("jcmd gave no histogram: "
                    + histogram.lines().reduce((earlier, later) -> later).orElse("it said nothing"));
        }
        return Long.parseLong(total.group(1));
    }
}
