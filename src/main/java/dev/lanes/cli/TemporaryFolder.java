package dev.lanes.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for the time of one command.
 *
 * @param keep whether it stays
 */
record TemporaryFolder(Path path, boolean keep) implements AutoCloseable {
    static TemporaryFolder create(String name, boolean keep) {
        try {
            return new TemporaryFolder(Files.createTempDirectory(name), keep);
        } catch (IOException notWritable) {
            throw new CommandFailed("cannot make a folder for temporary files: set TMPDIR to one that is writable", notWritable);
        }
    }

    @Override
    public void close() {
        if (keep || !Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException stays) {
            // The system clears its temporary files.
        }
    }
}
