package dev.lanes.task;

/** How an attempt ended. */
public enum Outcome {
    SUCCEEDED,
    FAILED,
    TIMED_OUT,
    CANCELLED,
    /** The process that ran it died. */
    LOST;

    /** The state that a task reaches by an attempt that ended so and is not followed by another. */
    public TaskState state() {
        return switch (this) {
            case SUCCEEDED -> TaskState.SUCCEEDED;
            case CANCELLED -> TaskState.CANCELLED;
            case FAILED, TIMED_OUT, LOST -> TaskState.DEAD;
        };
    }
}
