package dev.lanes.handler;

/** What a handler throws, or completes with, when trying again would not help: the task goes to the dead letters at once. */
public final class PermanentFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public PermanentFailure(String reason) {
        super(reason);
    }

    public PermanentFailure(String reason, Throwable cause) {
        super(reason, cause);
    }
}
