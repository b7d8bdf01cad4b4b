package dev.lanes.race.fault;

import java.io.IOException;
import java.time.Duration;

/** Signals to a process of ours, by which it dies or stands still without being able to tell. */
final class Signals {
    private static final Duration GONE = Duration.ofSeconds(10);

    private Signals() {}

    /** SIGKILL, and waits until the system has taken the process away. */
    static void kill(ProcessHandle process) {
        process.destroyForcibly();
        if (!Patience.await(GONE, () -> !alive(process))) {
            throw new IllegalStateException("the process " + process.pid() + " outlives kill -9");
        }
    }

    /** SIGSTOP, for which Java has no call. */
    static void freeze(ProcessHandle process) throws IOException {
        send("STOP", process);
    }

    /** SIGCONT; of no effect on a process that has gone. */
    static void thaw(ProcessHandle process) throws IOException {
        send("CONT", process);
    }

    /** The same for somebody who cleans up. */
    static void thawQuietly(ProcessHandle process) {
        try {
            thaw(process);
        } catch (IOException noShell) {
            // Nobody has been frozen then either.
        }
    }

    private static void send(String name, ProcessHandle process) throws IOException {
        if (process.isAlive()) {
            new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid() + " 2>/dev/null")
                    .start()
                    .onExit()
                    .join();
        }
    }

    /** An ended process whose parent never asks for its status still counts as alive, but has no program any more. */
    static boolean alive(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }
}
