package dev.lanes.handler;

import dev.lanes.task.LaneName;
import dev.lanes.task.TaskId;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;

/** What a handler may know of the attempt that it runs. */
public interface TaskContext {
    TaskId id();

    /** The number of this attempt; the first is 1. */
    int attempt();

    /** The lane that runs it. */
    LaneName lane();

    /** When the attempt's time is up. */
    Instant deadline();

    /**
     * Whether nobody waits for the result any more, as the attempt was cancelled or its time is up. A handler that
     * computes for long asks now and then, and returns or throws when this says true.
     */
    boolean cancelled();

    /**
     * Where non-blocking work waits: the lane's event loop on {@code reactive}, a timer thread elsewhere. For example
     * {@code Uni.createFrom().item(x).onItem().delayIt().onExecutor(context.loop()).by(Duration.ofMillis(10))}.
     */
    ScheduledExecutorService loop();
}
