package dev.lanes.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How to start a JVM that ends with this one.
 *
 * @param name what the child is called in logs, and its log file
 * @param program what it runs
 * @param jvmFlags flags for the JVM, beside those of the program
 * @param properties system properties, given in this order
 * @param grace how long the child may take to stop once its parent has closed the pipe
 * @param log the file to which output and errors are appended
 */
public record ChildJvm(
        String name,
        Program program,
        List<String> jvmFlags,
        List<String> args,
        Map<String, String> properties,
        Duration grace,
        Path log) {
    private static final Duration TO_WRITE_AN_ARCHIVE = Duration.ofMinutes(1);

    /** The same, but writing the class data archive of its program into this file when it ends. */
    public ChildJvm recordingTo(Path archive) {
        return new ChildJvm(
                name, program.recordingTo(archive), jvmFlags, args, properties, grace.plus(TO_WRITE_AN_ARCHIVE), log);
    }

    /** The same, but starting as if its program had no class data archive. */
    public ChildJvm withoutArchive() {
        return new ChildJvm(name, program.withoutArchive(), jvmFlags, args, properties, grace, log);
    }

    /** The same, but one that {@link Suspension} can stop and continue. */
    public ChildJvm suspendable() {
        Map<String, String> all = new LinkedHashMap<>(properties);
        all.put(ChildMain.SUSPENDABLE, "true");
        return new ChildJvm(name, program, jvmFlags, args, all, grace, log);
    }

    /**
     * Starts it. The caller keeps the child alive by keeping the child's standard input open.
     *
     * @throws IOException when the process cannot be started
     */
    public Process start() throws IOException {
        return startBy(List.of());
    }

    /**
     * The same, by a program that becomes the JVM once it has set the process up, such as {@code taskset}.
     *
     * @param launcher that program and its arguments, to which the command line is appended
     */
    public Process startBy(List<String> launcher) throws IOException {
        ProcessBuilder builder = builder();
        builder.command().addAll(0, launcher);
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** The whole command line, for starting it by other means. Its long class path goes by the environment. */
    public ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(command());
        builder.environment().put("CLASSPATH", String.join(File.pathSeparator, program.classPath()));
        return builder;
    }

    private List<String> command() {
        Map<String, String> all = new LinkedHashMap<>(properties);
        all.put(ChildMain.GRACE_SECONDS, Long.toString(grace.toSeconds()));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmFlags);
        command.addAll(program.jvmFlags());
        all.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.add(ChildMain.class.getName());
        command.add(program.main());
        command.addAll(args);
        return command;
    }
}
