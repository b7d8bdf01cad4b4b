package dev.lanes.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for the time of one command. */
final class TemporaryFolder implements AutoCloseable {
    private final Path path;
    private volatile boolean kept;

    private TemporaryFolder(Path path) {
        this.path = path;
    }

    /** Makes one of that name, and something behind it, in the home of the command. */
    static TemporaryFolder below(Home home, String name) {
        home.prepare();
        try {
            return new TemporaryFolder(Files.createTempDirectory(home.folder(), name));
        } catch (IOException notWritable) {
            throw new CommandFailed(
                    "cannot write to " + home.folder() + ": make it writable, or set LANES_HOME", notWritable);
        }
    }

    Path path() {
        return path;
    }

    /** From now on it stays. */
    void keep() {
        kept = true;
    }

    @Override
    public void close() {
        if (kept || !Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException stays) {
            // Somebody still writes there, and nothing of it is of use to anybody.
        }
    }
}
