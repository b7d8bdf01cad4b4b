package dev.lanes.handler;

/**
 * Runs the tasks of one type. Implement {@link BlockingHandler}, {@link NonBlockingHandler} or both, and name the type
 * with {@link TaskType}.
 *
 * @param <P> the payload: a class or record that Jackson can read; its Bean Validation constraints are checked
 */
public sealed interface Handler<P> permits BlockingHandler, NonBlockingHandler {}
