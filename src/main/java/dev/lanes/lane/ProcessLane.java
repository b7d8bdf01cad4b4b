package dev.lanes.lane;

import dev.lanes.task.LaneName;
import java.util.concurrent.ScheduledExecutorService;

/**
 * One task at a time in this process. What makes it a lane is that there are many such processes, and a queue from
 * which any free one takes the next task: the concurrency is the number of processes.
 */
public final class ProcessLane implements Lane {
    private final SingleThread thread;

    public ProcessLane(ScheduledExecutorService timer) {
        this.thread = new SingleThread("lanes-process", timer);
    }

    @Override
    public LaneName name() {
        return LaneName.PROCESS;
    }

    @Override
    public int concurrency() {
        return 1;
    }

    /** What does not stop is ended with its process, and that is replaced. */
    @Override
    public boolean replaceThreadOf(Run stuck) {
        return false;
    }

    @Override
    public void run(Run run) {
        thread.run(run);
    }

    @Override
    public void close() {
        thread.close();
    }
}
