package dev.lanes.race.fault;

import dev.lanes.task.LaneName;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The disk that holds Kafka's data is full for a while: a small file system in memory, filled up by a file that grows
 * into whatever becomes free. To mount it takes root.
 */
final class FullDiskFault implements Fault {
    private static final String SIZE = "512m";
    private static final Duration FULL = Duration.ofSeconds(10);
    private static final Duration TOP_UP = Duration.ofMillis(20);
    /** First by much, then by what a file system gives at least. */
    private static final int[] PIECES = {1 << 20, 1 << 12};

    @Override
    public String name() {
        return "disk-full";
    }

    @Override
    public String title() {
        return "disk full for " + FULL.toSeconds() + " s";
    }

    @Override
    public Optional<String> impossible() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return Optional.of("takes Linux, to mount a small file system");
        }
        try {
            return run("id", "-u").equals("0")
                    ? Optional.empty()
                    : Optional.of("takes root, to mount a small file system");
        } catch (IOException noSuchCommand) {
            return Optional.of("cannot tell whether we are root: " + noSuchCommand.getMessage());
        }
    }

    @Override
    public void prepareHome(Path home) throws IOException {
        Path disk = Files.createDirectories(disk(home));
        try {
            run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "lanes-faults", disk.toString());
        } catch (IOException refused) {
            throw new NotPossible("a small file system cannot be mounted here: " + refused.getMessage());
        }
    }

    @Override
    public void cleanUpHome(Path home) {
        try {
            run("umount", disk(home).toString());
        } catch (IOException notMounted) {
            // Then there is nothing to undo.
        }
    }

    /** Where the embedded Kafka keeps its data. */
    private static Path disk(Path home) {
        return home.resolve("kafka");
    }

    @Override
    public Mending strike(Subject subject, Set<LaneName> lanes) throws IOException {
        Path ballast = disk(subject.home()).resolve("ballast");
        fill(ballast);
        return () -> {
            long start = System.nanoTime();
            while (System.nanoTime() - start < FULL.toNanos()) {
                Patience.pause(TOP_UP);
                fill(ballast);
            }
            Files.delete(ballast);
        };
    }

    private static void fill(Path ballast) throws IOException {
        for (int piece : PIECES) {
            try (OutputStream file = new FileOutputStream(ballast.toFile(), true)) {
                while (true) {
                    file.write(new byte[piece]);
                }
            } catch (IOException full) {
                if (!String.valueOf(full.getMessage()).contains("No space left")) {
                    throw full;
                }
            }
        }
    }

    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(output);
        }
        return output;
    }
}
