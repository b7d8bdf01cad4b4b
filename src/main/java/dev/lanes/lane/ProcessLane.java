package dev.lanes.lane;

import dev.lanes.task.LaneName;
import java.util.concurrent.ScheduledExecutorService;

/**
 * One task at a time in this process. What makes it a lane is that there are many such processes, and a queue from
 * which any free one takes the next task: the concurrency is the number of processes.
 */
public final class ProcessLane implements Lane {
    private final SequentialLane here;

    public ProcessLane(ScheduledExecutorService timer) {
        this.here = new SequentialLane("lanes-process", timer);
    }

    @Override
    public LaneName name() {
        return LaneName.PROCESS;
    }

    @Override
    public int concurrency() {
        return here.concurrency();
    }

    @Override
    public void run(Run run) {
        here.run(run);
    }

    @Override
    public void close() {
        here.close();
    }
}
