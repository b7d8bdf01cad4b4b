package dev.lanes.task;

import java.util.EnumSet;
import java.util.Set;

/** Where a task stands. The legal transitions are here and nowhere else. */
public enum TaskState {
    SCHEDULED,
    QUEUED,
    RUNNING,
    RETRYING,
    SUCCEEDED,
    DEAD,
    CANCELLED;

    /** Whether the task's story has ended (a dead task's may go on when somebody redrives it). */
    public boolean finished() {
        return switch (this) {
            case SUCCEEDED, DEAD, CANCELLED -> true;
            case SCHEDULED, QUEUED, RUNNING, RETRYING -> false;
        };
    }

    /**
     * Whether a task in this state may go to {@code next}. Steps may be passed over, as a quick task is never seen
     * running; none may be taken back.
     */
    public boolean mayBecome(TaskState next) {
        return successors().contains(next);
    }

    private Set<TaskState> successors() {
        return switch (this) {
            case SCHEDULED -> EnumSet.of(QUEUED, RUNNING, RETRYING, SUCCEEDED, DEAD, CANCELLED);
            case QUEUED -> EnumSet.of(SCHEDULED, RUNNING, RETRYING, SUCCEEDED, DEAD, CANCELLED);
            case RUNNING -> EnumSet.of(RUNNING, RETRYING, SUCCEEDED, DEAD, CANCELLED);
            case RETRYING -> EnumSet.of(QUEUED, RUNNING, RETRYING, SUCCEEDED, DEAD, CANCELLED);
            case DEAD -> EnumSet.of(QUEUED);
            case SUCCEEDED, CANCELLED -> EnumSet.noneOf(TaskState.class);
        };
    }
}
