package dev.lanes.race;

import dev.lanes.pipeline.Course;
import dev.lanes.pipeline.Heartbeat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the JVMs of an entrant say of themselves: once a second each, over Kafka. */
final class Heard {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Supplier<List<Heartbeat>> all;
    private final int jvms;
    private final Duration patience;

    /**
     * @param jvms how many there are
     */
    Heard(Course course, int jvms) {
        this(course::heartbeats, jvms, PATIENCE);
    }

    /**
     * @param all heartbeats so far, the oldest first
     * @param patience with those that say nothing
     */
    Heard(Supplier<List<Heartbeat>> all, int jvms, Duration patience) {
        this.all = all;
        this.jvms = jvms;
        this.patience = patience;
    }

    /**
     * A figure since their start, of all of them together, as each says it after that moment: waits for it. Null when
     * one of them does not.
     */
    @Nullable
    Long sum(Instant after, Function<Heartbeat, @Nullable Long> figure) {
        Map<Long, Heartbeat> newest = await(after);
        if (newest.size() < jvms) {
            return null;
        }
        long sum = 0;
        for (Heartbeat beat : newest.values()) {
            Long one = figure.apply(beat);
            if (one == null) {
                return null;
            }
            sum += one;
        }
        return sum;
    }

    /** By their pids. */
    private Map<Long, Heartbeat> await(Instant after) {
        long deadline = System.nanoTime() + patience.toNanos();
        Map<Long, Heartbeat> newest = newest(after);
        while (newest.size() < jvms && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            newest = newest(after);
        }
        return newest;
    }

    private Map<Long, Heartbeat> newest(Instant after) {
        return all.get().stream()
                .filter(beat -> !beat.at().isBefore(after))
                .collect(Collectors.toMap(Heartbeat::pid, Function.identity(), (earlier, later) -> later));
    }
}
