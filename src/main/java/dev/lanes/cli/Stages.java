package dev.lanes.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** The stages of a start, each shown with its time as soon as it is reached. */
final class Stages {
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final Duration CHECK = Duration.ofMillis(100);

    private final Terminal terminal;
    private final StartedApp app;
    private final AppLog log;
    private final long start = System.nanoTime();

    Stages(Terminal terminal, StartedApp app, AppLog log) {
        this.terminal = terminal;
        this.app = app;
        this.log = log;
    }

    /** Waits until the probe has found the stage reached, which it says by the words that describe it. */
    void await(String stage, Supplier<Optional<String>> probe) {
        long stageStart = System.nanoTime();
        terminal.pending(line(stage, Duration.ZERO, "..."));
        while (true) {
            Optional<String> reached = probe.get();
            Duration taken = since(stageStart);
            if (reached.isPresent()) {
                terminal.line(line(stage, taken, reached.get()));
                return;
            }
            if (!app.alive()) {
                throw ended();
            }
            if (taken.compareTo(LONGEST) > 0) {
                throw new CommandFailed("not ready: waited " + LONGEST.toSeconds() + " s for '" + stage + "': see "
                        + Home.shown(log.file()));
            }
            Pause.of(CHECK);
        }
    }

    Duration sinceStart() {
        return since(start);
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    private static String line(String stage, Duration taken, String detail) {
        return String.format("  %-17s %8s   %s", stage, taken.isZero() ? "" : Figures.seconds(taken), detail);
    }

    private CommandFailed ended() {
        if (app.stopping()) {
            return new CommandFailed("stopped while starting");
        }
        String where = " (log: " + Home.shown(log.file()) + ")";
        Optional<String> cause = log.cause();
        if (cause.isPresent()) {
            return new CommandFailed(cause.get() + where);
        }
        log.lastLines().forEach(terminal::detail);
        return new CommandFailed("the application ended while starting, with status " + app.awaitEnd() + where);
    }
}
