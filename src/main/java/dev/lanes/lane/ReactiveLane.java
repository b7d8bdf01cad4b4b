package dev.lanes.lane;

import dev.lanes.task.LaneName;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Many tasks in flight on one event-loop thread, as in Python's asyncio. The loop is the lane's own and serves neither
 * HTTP nor Kafka, so that a task that blocks it hurts its neighbours in the lane and nobody else.
 */
public final class ReactiveLane implements Lane {
    private volatile int concurrency;
    private volatile OwnLoop loop = OwnLoop.start();
    private volatile Duration blockedBefore = Duration.ZERO;

    public ReactiveLane(int concurrency) {
        this.concurrency = concurrency;
    }

    @Override
    public LaneName name() {
        return LaneName.REACTIVE;
    }

    @Override
    public int concurrency() {
        return concurrency;
    }

    @Override
    public void resize(int concurrency) {
        this.concurrency = concurrency;
    }

    @Override
    public boolean replaceThreadOf(Run stuck) {
        if (loop.runs(stuck)) {
            var unused = replaceThread();
        }
        return true;
    }

    @Override
    public Duration silence() {
        return loop.silence();
    }

    /** Goes on with another loop. What was in flight on the one before ends there once it goes on, or times out. */
    @Override
    public BooleanSupplier replaceThread() {
        OwnLoop before = loop;
        blockedBefore = loopBlocked();
        loop = OwnLoop.start();
        before.retire();
        return before::isBack;
    }

    @Override
    public void run(Run run) {
        loop.run(run);
    }

    @Override
    public Duration loopBlocked() {
        return blockedBefore.plus(loop.blocked());
    }

    @Override
    public void close() {
        loop.close();
    }
}
