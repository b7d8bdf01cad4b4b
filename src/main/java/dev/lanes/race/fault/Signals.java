package dev.lanes.race.fault;

import dev.lanes.process.Suspension;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

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

    /** SIGSTOP. */
    static void freeze(ProcessHandle process) throws IOException {
        Suspension.stop(List.of(process));
    }

    /** SIGCONT; of no effect on a process that has gone. */
    static void thaw(ProcessHandle process) throws IOException {
        Suspension.resume(List.of(process));
    }

    /** The same for somebody who cleans up. */
    static void thawQuietly(ProcessHandle process) {
        try {
            thaw(process);
        } catch (IOException noShell) {
            // Nobody has been frozen then either.
        }
    }

    /** An ended process whose parent never asks for its status still counts as alive, but has no program any more. */
    static boolean alive(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }
}
