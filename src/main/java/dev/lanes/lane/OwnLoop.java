package dev.lanes.lane;

import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.ContextInternal;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** An event loop that serves one lane and nobody else, on one thread. */
final class OwnLoop {
    /** For what is in flight on a loop that is given up, and may go on yet. */
    private static final Duration RETIREMENT = Duration.ofMinutes(10);

    /** Then timers and what else is ready have their turn. */
    private static final int MOST_AT_ONCE = 64;

    private static final String THREAD = "lanes-reactive-loop";

    private final Vertx vertx;
    private final Context context;
    private final EventLoop loop;
    private final LoopWatch watch;
    private final Queue<Run> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean called = new AtomicBoolean();
    private volatile boolean back;

    private OwnLoop(Vertx vertx) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.loop = ((ContextInternal) context).nettyEventLoop();
        loop.execute(() -> Thread.currentThread().setName(THREAD));
        this.watch = LoopWatch.start(loop);
    }

    static OwnLoop start() {
        return new OwnLoop(Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                // We count blocked time ourselves, and show it.
                .setBlockedThreadCheckInterval(1)
                .setBlockedThreadCheckIntervalUnit(TimeUnit.DAYS)));
    }

    void run(Run run) {
        waiting.add(run);
        call();
    }

    /** Once for all that wait, as a call takes longer than many a task. */
    private void call() {
        if (called.compareAndSet(false, true)) {
            context.runOnContext(here -> begin());
        }
    }

    private void begin() {
        called.set(false);
        int left = MOST_AT_ONCE;
        for (Run run = waiting.poll(); run != null; run = --left > 0 ? waiting.poll() : null) {
            run.runOn(loop);
        }
        if (!waiting.isEmpty()) {
            call();
        }
    }

    /** Whether that run holds the thread of this loop now. */
    boolean runs(Run run) {
        return run.holds(loop);
    }

    Duration blocked() {
        return watch.blocked();
    }

    /** For how long it has not answered. */
    Duration silence() {
        return watch.silence();
    }

    /** Whether one that was retired has come back from what blocked it. */
    boolean isBack() {
        return back;
    }

    /** Ends some time after it has come back from what blocks it; what still waits for it then is begun elsewhere. */
    void retire() {
        watch.close();
        loop.execute(() -> {
            back = true;
            var unused = loop.schedule(() -> vertx.close(), RETIREMENT.toMillis(), TimeUnit.MILLISECONDS);
        });
    }

    void close() {
        watch.close();
        vertx.close();
    }
}
