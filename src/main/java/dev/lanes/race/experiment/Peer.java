package dev.lanes.race.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A main of ours in another JVM, at the other end of two pipes: for mains that themselves run in a JVM of their own and
 * need company. It has to end with its input, as then its parent has gone.
 */
final class Peer implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 5;

    private final Process process;

    private Peer(Process process) {
        this.process = process;
    }

    static Peer start(Class<?> main, String... args) throws IOException {
        return new Peer(command(List.of("-Xmx64m", "-XX:+UseSerialGC"), main, args)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** How to run a main of ours in another JVM on the class path of this one. */
    static ProcessBuilder command(List<String> jvmFlags, Class<?> main, String... args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmFlags);
        command.add(main.getName());
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder;
    }

    OutputStream to() {
        return process.getOutputStream();
    }

    InputStream from() {
        return process.getInputStream();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        to().close();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
