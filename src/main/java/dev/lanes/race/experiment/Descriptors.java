package dev.lanes.race.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The open files of the calling thread, as the kernel tells them. */
final class Descriptors {
    /** Of the thread, not of its process: Linux can give a thread a table of its own, so that sharing is no matter of course. */
    private static final Path TABLE = Path.of("/proc/thread-self/fd");

    private Descriptors() {}

    /** Whether this system tells. */
    static boolean known() {
        return Files.isDirectory(TABLE);
    }

    /** Whether the calling thread has the file open. */
    static boolean include(Path file) throws IOException {
        List<Path> entries;
        try (Stream<Path> listed = Files.list(TABLE)) {
            entries = listed.toList();
        }
        return entries.stream().anyMatch(entry -> leadsTo(file, entry));
    }

    private static boolean leadsTo(Path file, Path entry) {
        try {
            return Files.readSymbolicLink(entry).equals(file);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
