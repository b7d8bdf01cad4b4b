package dev.lanes.race;

import dev.lanes.pipeline.Course;
import dev.lanes.pipeline.Heartbeat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** For how long a lane's event loop was blocked between two moments, by its heartbeats: they come once a second. */
final class LoopBlocked {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Course course;
    private final long millisBefore;

    private LoopBlocked(Course course, long millisBefore) {
        this.course = course;
        this.millisBefore = millisBefore;
    }

    /** From now on. */
    static LoopBlocked start(Course course) {
        return new LoopBlocked(course, millisNow(course));
    }

    Duration untilNow() {
        return Duration.ofMillis(millisNow(course) - millisBefore);
    }

    /** Since the process's start, as it says from now on. */
    private static long millisNow(Course course) {
        Instant now = Instant.now();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<Heartbeat> beats = course.heartbeats();
        while ((beats.isEmpty() || beats.getLast().at().isBefore(now)) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            beats = course.heartbeats();
        }
        return beats.isEmpty()
                ? 0
                : beats.getLast().lanes().stream()
                        .mapToLong(Heartbeat.LaneBeat::loopBlockedMs)
                        .sum();
    }
}
