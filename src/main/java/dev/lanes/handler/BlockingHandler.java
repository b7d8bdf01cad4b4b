package dev.lanes.handler;

import org.jspecify.annotations.Nullable;

/**
 * The blocking form of a handler: plain code that may wait and compute on the thread that it is given. The natural form
 * for {@code sequential}, {@code thread}, {@code virtual} and {@code process}; {@code reactive} runs it on its one loop
 * when there is no other form, and counts the time for which it blocks the loop.
 */
public non-sealed interface BlockingHandler<P> extends Handler<P> {
    /**
     * Runs one attempt; called from many threads at once.
     *
     * @return the result, written as JSON; null for none
     * @throws Exception when the attempt has failed; its message becomes the attempt's error
     */
    @Nullable
    Object run(P payload, TaskContext context) throws Exception;
}
