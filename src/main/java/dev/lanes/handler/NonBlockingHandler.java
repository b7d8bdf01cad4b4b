package dev.lanes.handler;

import io.smallrye.mutiny.Uni;

/**
 * The non-blocking form of a handler: it starts the work and returns at once. The natural form for {@code reactive},
 * where it is called on the lane's event loop and must never wait there.
 */
public non-sealed interface NonBlockingHandler<P> extends Handler<P> {
    /**
     * Starts one attempt. Use {@link TaskContext#loop()} for timers, so that the task stays on the lane's own loop.
     *
     * @return ends with the result, written as JSON (null for none), or with the failure of the attempt
     */
    Uni<?> start(P payload, TaskContext context);
}
