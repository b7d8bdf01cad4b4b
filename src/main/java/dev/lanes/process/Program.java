package dev.lanes.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that can be run in a JVM of its own.
 *
 * @param main its main class
 * @param classPath the jars, in the order in which they are searched
 * @param flags the JVM flags that it cannot do without
 * @param archive where its class data archive lies, if there is one: with it a JVM starts in half the time. It holds
 *     for one JDK and one class path; a JVM that it does not fit goes on without it.
 */
public record Program(String main, List<String> classPath, List<String> flags, Path archive) {
    /** The flags with which to run it, the archive included. */
    List<String> jvmFlags() {
        return Files.isRegularFile(archive)
                ? with("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off")
                : flags;
    }

    /** The same, but without its archive, and writing a new one when it ends. */
    Program recordingTo(Path file) {
        return new Program(main, classPath, with("-XX:ArchiveClassesAtExit=" + file, "-Xlog:cds=off"), file);
    }

    private List<String> with(String... more) {
        List<String> all = new ArrayList<>(flags);
        all.addAll(List.of(more));
        return all;
    }
}
