package dev.lanes.cli;

import java.time.Duration;
import java.util.function.Supplier;

/** A line of progress that people see, rewritten a few times a second however often it is told. */
final class Progress {
    private static final Duration PACE = Duration.ofMillis(200);

    private final Terminal terminal;
    private final long start = System.nanoTime();
    private long shownAt = start;

    Progress(Terminal terminal) {
        this.terminal = terminal;
    }

    void show(Supplier<String> text) {
        long now = System.nanoTime();
        if (now - shownAt >= PACE.toNanos()) {
            shownAt = now;
            terminal.progress(text.get());
        }
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    void clear() {
        terminal.clearProgress();
    }
}
