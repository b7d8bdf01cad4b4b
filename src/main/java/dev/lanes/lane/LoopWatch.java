package dev.lanes.lane;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Measures for how long an event loop is blocked, from outside: it posts a call to the loop, and counts the time by
 * which the call is later than a loop that is well would make it. Counted while it lasts, not only afterwards.
 */
final class LoopWatch implements AutoCloseable {
    /** A loop that answers within this time is not called blocked: garbage collection and a busy machine take some. */
    private static final Duration TOLERANCE = Duration.ofMillis(100);

    private static final Duration INTERVAL = Duration.ofMillis(20);

    private final Executor loop;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("lanes-loop-watch").daemon().factory());

    // Written by the ticker's thread alone.
    private volatile long blockedNanos;
    private volatile long postedAt;
    private long countedUntil;

    private volatile boolean answered = true;
    private volatile long answeredAt;

    private LoopWatch(Executor loop) {
        this.loop = loop;
    }

    static LoopWatch start(Executor loop) {
        LoopWatch watch = new LoopWatch(loop);
        var unused = watch.ticker.scheduleAtFixedRate(watch::tick, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    Duration blocked() {
        return Duration.ofNanos(blockedNanos);
    }

    /** For how long the loop has not answered; zero when it waits for its next call. */
    Duration silence() {
        return answered ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - postedAt);
    }

    private void tick() {
        if (answered) {
            if (postedAt != 0) {
                count(answeredAt);
            }
            post();
        } else {
            count(System.nanoTime());
        }
    }

    private void post() {
        postedAt = System.nanoTime();
        answered = false;
        countedUntil = postedAt;
        loop.execute(() -> {
            answeredAt = System.nanoTime();
            answered = true;
        });
    }

    private void count(long now) {
        if (now - postedAt > TOLERANCE.toNanos() && now > countedUntil) {
            blockedNanos += now - countedUntil;
            countedUntil = now;
        }
    }

    @Override
    public void close() {
        ticker.shutdownNow();
    }
}
