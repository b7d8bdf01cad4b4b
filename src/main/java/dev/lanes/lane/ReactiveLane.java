package dev.lanes.lane;

import dev.lanes.task.LaneName;
import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.ContextInternal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Many tasks in flight on one event-loop thread, as in Python's asyncio. The loop is the lane's own and serves neither
 * HTTP nor Kafka, so that a task that blocks it hurts its neighbours in the lane and nobody else.
 */
public final class ReactiveLane implements Lane {
    private final int concurrency;
    private final Vertx vertx;
    private final Context context;
    private final EventLoop loop;
    private final LoopWatch watch;

    public ReactiveLane(int concurrency) {
        this.concurrency = concurrency;
        this.vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                // We count blocked time ourselves, and show it.
                .setBlockedThreadCheckInterval(1)
                .setBlockedThreadCheckIntervalUnit(TimeUnit.DAYS));
        this.context = vertx.getOrCreateContext();
        this.loop = ((ContextInternal) context).nettyEventLoop();
        loop.execute(() -> Thread.currentThread().setName("lanes-reactive-loop"));
        this.watch = LoopWatch.start(loop);
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
    public void run(Run run) {
        context.runOnContext(here -> run.runOn(loop));
    }

    @Override
    public Duration loopBlocked() {
        return watch.blocked();
    }

    @Override
    public void close() {
        watch.close();
        vertx.close();
    }
}
