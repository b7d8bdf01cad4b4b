package dev.lanes.cli;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Ends a process with all its descendants: asks, waits, and uses force on those that stay. */
final class Ending {
    private static final Duration CHECK = Duration.ofMillis(100);
    private static final int FORCE_CHECKS = 30;

    private final List<ProcessHandle> processes;

    /** Takes note of the descendants now, as they are nobody's children any more once their parent has gone. */
    Ending(ProcessHandle root) {
        processes = Stream.concat(Stream.of(root), root.descendants()).toList();
    }

    /**
     * Ends them.
     *
     * @param ask asks the root to stop
     * @param progress is told about ten times a second how long it has been waiting
     * @return whether all ended by themselves
     */
    boolean end(Runnable ask, Duration patience, Consumer<Duration> progress) {
        ask.run();
        long start = System.nanoTime();
        while (anyAlive()) {
            Duration waited = Duration.ofNanos(System.nanoTime() - start);
            if (waited.compareTo(patience) > 0) {
                force();
                return false;
            }
            progress.accept(waited);
            Pause.of(CHECK);
        }
        return true;
    }

    private void force() {
        processes.forEach(ProcessHandle::destroyForcibly);
        for (int i = 0; i < FORCE_CHECKS && anyAlive(); i++) {
            Pause.of(CHECK);
        }
    }

    private boolean anyAlive() {
        return processes.stream().anyMatch(Ending::alive);
    }

    /** An ended process whose parent never asks for its status still counts as alive, but has no program any more. */
    private static boolean alive(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }
}
