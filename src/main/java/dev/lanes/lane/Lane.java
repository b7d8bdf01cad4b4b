package dev.lanes.lane;

import dev.lanes.task.LaneName;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * One execution model. A lane decides on which thread a task runs and nothing else: what happens before and after is
 * the same for all.
 */
public interface Lane extends AutoCloseable {
    LaneName name();

    /** How many tasks may be in flight at once; nobody gives the lane more. */
    int concurrency();

    /**
     * How many tasks more it may be given, which wait for one of its threads: so that a thread that is free need not
     * wait for whoever gives it the next. None where as many are in flight anyway that no thread is ever free.
     */
    default int ahead() {
        return 0;
    }

    /** Changes {@link #concurrency()}; only for a lane whose concurrency is not its nature. */
    default void resize(int concurrency) {
        throw new UnsupportedOperationException(name() + " runs " + concurrency() + " at a time");
    }

    /**
     * Makes up for a thread that is lost to a handler which goes on, though its run has ended and it was told to stop.
     * What waited for that thread has to be given to the lane once more.
     *
     * @return false where it cannot be made up for; then the run keeps its place in the lane
     */
    boolean replaceThreadOf(Run stuck);

    /** For how long the lane's event loop has not answered; zero for a lane without one. */
    default Duration silence() {
        return Duration.ZERO;
    }

    /**
     * Goes on with another event loop, as this one is lost to nobody knows which run.
     *
     * @return tells whether the lost one is back
     */
    default BooleanSupplier replaceThread() {
        throw new UnsupportedOperationException(name() + " has no event loop");
    }

    /**
     * Takes a task and returns without waiting for its end. The run says itself when it has ended; of one that is given
     * twice, the second time does nothing.
     */
    void run(Run run);

    /** For how long tasks have blocked the lane's event loop, in all; zero for a lane without one. */
    default Duration loopBlocked() {
        return Duration.ZERO;
    }

    /** Stops the lane's threads; tasks that still run are interrupted. */
    @Override
    void close();
}
