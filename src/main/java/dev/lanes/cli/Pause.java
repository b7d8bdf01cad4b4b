package dev.lanes.cli;

import java.time.Duration;

/** The pause between two looks at something that another process is doing. */
final class Pause {
    private Pause() {}

    static void of(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    /** What a command does when it is interrupted: it gives up. */
    static CommandFailed interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new CommandFailed("interrupted", cause);
    }
}
