package dev.lanes.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

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
    /** Where no archive lies. */
    private static final Path NOWHERE = Path.of("");

    /** Whether its archive has been written. */
    public boolean archived() {
        return Files.isRegularFile(archive);
    }

    /** The flags with which to run it, the archive included. */
    List<String> jvmFlags() {
        return archived() ? with("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off") : flags;
    }

    /**
     * What {@code java} is given to run it by other means, as in a container: the text of an argument file.
     *
     * @see <a href="https://docs.oracle.com/en/java/javase/25/docs/specs/man/java.html">java, "@argfiles"</a>
     */
    public String argumentFile() {
        List<String> arguments = new ArrayList<>(jvmFlags());
        arguments.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), main));
        return arguments.stream()
                .map(argument -> '"' + argument.replace("\\", "\\\\") + "\"\n")
                .collect(Collectors.joining());
    }

    /** The same, but without its archive. */
    Program withoutArchive() {
        return new Program(main, classPath, flags, NOWHERE);
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
