package dev.lanes.race.experiment;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;

/**
 * A plain counter that coroutines on an event loop share. Each adds one, again and again, either within a turn of the
 * loop, or by reading in one turn and writing in a later one: it yields in between, as at an await.
 */
final class LoopCounter {
    private final Executor loop;
    private final CountDownLatch running;
    /** The loop's own. */
    private long count;

    LoopCounter(Executor loop, int coroutines) {
        this.loop = loop;
        this.running = new CountDownLatch(coroutines);
    }

    /** A coroutine that adds one so many times, a turn each. */
    void addInOneTurn(int times) {
        if (times == 0) {
            running.countDown();
            return;
        }
        loop.execute(() -> {
            count++;
            addInOneTurn(times - 1);
        });
    }

    /** A coroutine that adds one so many times, two turns each. */
    void addInTwoTurns(int times) {
        if (times == 0) {
            running.countDown();
            return;
        }
        loop.execute(() -> {
            long read = count;
            loop.execute(() -> {
                count = read + 1;
                addInTwoTurns(times - 1);
            });
        });
    }

    /** Counts down once for each coroutine that has ended; then {@link #sum} may be read. */
    CountDownLatch running() {
        return running;
    }

    long sum() {
        return count;
    }
}
