package dev.lanes.race;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Under what something is measured: the machine, and what others did on it meanwhile. */
public final class Circumstances {
    private final Environment atStart;
    private final Supplier<Stream<ProcessHandle>> parts;
    /** Guarded by this, as is what follows. */
    private double watchedSeconds;

    private double coreSecondsOfOthers;
    private boolean known = true;

    /**
     * Those of now.
     *
     * @param version of Lanes
     * @param parts the processes that have part in it, beside this one
     */
    public Circumstances(String version, Supplier<Stream<ProcessHandle>> parts) {
        this.atStart = Environment.here(version, List.of());
        this.parts = parts;
    }

    /** Some time in which something is measured, and no process that has part in it ends. */
    public final class Stretch {
        private final long startNanos = System.nanoTime();
        private final MachineCpu.Stopwatch others = MachineCpu.start(() ->
                MachineCpu.of(parts.get()).plus(Objects.requireNonNullElse(MachineCpu.ofPublisher(), Duration.ZERO)));

        private Stretch() {}

        /** Notes what others did in it. */
        public void end() {
            watched((System.nanoTime() - startNanos) / 1e9, others.cores());
        }
    }

    /** A stretch that begins now. */
    public Stretch begin() {
        return new Stretch();
    }

    private synchronized void watched(double seconds, @Nullable Double cores) {
        if (cores == null) {
            known = false;
        } else {
            watchedSeconds += seconds;
            coreSecondsOfOthers += cores * seconds;
        }
    }

    /** The machine, with the cores that others kept busy on average. */
    public Environment environment() {
        return atStart.with(coresOfOthers());
    }

    /** What speaks against figures that are measured under them. */
    public List<String> doubts() {
        Doubts doubts = new Doubts(atStart.cores());
        doubts.busyWithOthers(coresOfOthers());
        return doubts.all();
    }

    private synchronized @Nullable Double coresOfOthers() {
        return known && watchedSeconds > 0 ? coreSecondsOfOthers / watchedSeconds : null;
    }
}
