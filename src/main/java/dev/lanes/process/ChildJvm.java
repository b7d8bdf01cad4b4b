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
 * @param jvmFlags flags for the JVM
 * @param classPath entries of the class path
 * @param mainClass the class whose main the child runs
 * @param properties system properties, given in this order
 * @param grace how long the child may take to stop once its parent has closed the pipe
 * @param log the file to which output and errors are appended
 */
public record ChildJvm(
        String name,
        List<String> jvmFlags,
        List<String> classPath,
        String mainClass,
        List<String> args,
        Map<String, String> properties,
        Duration grace,
        Path log) {

    /**
     * Starts it. The caller keeps the child alive by keeping the child's standard input open.
     *
     * @throws IOException when the process cannot be started
     */
    public Process start() throws IOException {
        return new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** The whole command line, for logs and for starting it by other means. */
    public List<String> command() {
        Map<String, String> all = new LinkedHashMap<>(properties);
        all.put(ChildMain.GRACE_SECONDS, Long.toString(grace.toSeconds()));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmFlags);
        all.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.add("-cp");
        command.add(String.join(File.pathSeparator, classPath));
        command.add(ChildMain.class.getName());
        command.add(mainClass);
        command.addAll(args);
        return command;
    }
}
