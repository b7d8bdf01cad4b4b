package dev.lanes.cli;

import dev.lanes.process.ChildJvm;
import dev.lanes.process.ChildMain;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An application that this command has started. */
final class StartedApp {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Process process;
    private final boolean attached;
    private volatile boolean stopping;

    private StartedApp(Process process, boolean attached) {
        this.process = process;
        this.attached = attached;
    }

    /** Ends when we end, by whatever: we hold the other end of its standard input. */
    static StartedApp attached(ChildJvm jvm) throws IOException {
        return new StartedApp(jvm.start(), true);
    }

    /** As {@link #attached}, but it writes to our own terminal. */
    static StartedApp inTerminal(ChildJvm jvm) throws IOException {
        ProcessBuilder builder = jvm.builder().inheritIO().redirectInput(ProcessBuilder.Redirect.PIPE);
        return new StartedApp(builder.start(), true);
    }

    /** Lives on after us, and hears neither the Ctrl-C nor the end of our terminal. */
    static StartedApp detached(ChildJvm jvm) throws IOException {
        ProcessBuilder builder = jvm.builder();
        List<String> command = new ArrayList<>(builder.command());
        // It watches its parent, which is what a detached one must not do.
        command.remove(ChildMain.class.getName());
        onPath("setsid").or(() -> onPath("nohup")).ifPresent(wrapper -> command.addFirst(wrapper));
        builder.command(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(jvm.log().toFile()));
        return new StartedApp(builder.start(), false);
    }

    private static Optional<String> onPath(String program) {
        return Optional.ofNullable(System.getenv("PATH")).stream()
                .flatMap(path -> List.of(path.split(File.pathSeparator)).stream())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Whether {@link #stop} has been called: an end is then no surprise. */
    boolean stopping() {
        return stopping;
    }

    int awaitEnd() {
        try {
            return process.waitFor();
        } catch (InterruptedException interrupted) {
            throw Pause.interrupted(interrupted);
        }
    }

    void stop() {
        stop(PATIENCE);
    }

    void stop(Duration patience) {
        stopping = true;
        new Ending(handle()).end(this::ask, patience, waited -> {});
    }

    private void ask() {
        if (!attached) {
            process.destroy();
            return;
        }
        try {
            process.getOutputStream().close();
        } catch (IOException alreadyGone) {
            // Then there is nobody left to ask.
        }
    }
}
