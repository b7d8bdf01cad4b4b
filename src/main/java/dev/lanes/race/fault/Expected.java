package dev.lanes.race.fault;

import dev.lanes.task.TaskState;

/**
 * What has to become of a task.
 *
 * @param end the state in which it has to end
 * @param attempts how many it needs when nothing else goes wrong
 * @param harmless whether it leaves its process alive
 */
record Expected(TaskState end, int attempts, boolean harmless) {
    static final Expected SUCCESS = new Expected(TaskState.SUCCEEDED, 1, true);
    static final Expected SUCCESS_AT_SECOND = new Expected(TaskState.SUCCEEDED, 2, true);
    /** Somebody cancels it, long before it would end. */
    static final Expected CANCELLATION = new Expected(TaskState.CANCELLED, 1, true);

    static final Expected DEATH_AT_ONCE = new Expected(TaskState.DEAD, 1, true);
    static final Expected DEATH_AT_THIRD = new Expected(TaskState.DEAD, 3, true);
    static final Expected DEATH_WITH_ITS_PROCESS = new Expected(TaskState.DEAD, 3, false);
}
