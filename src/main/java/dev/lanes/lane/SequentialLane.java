package dev.lanes.lane;

import dev.lanes.task.LaneName;
import java.util.concurrent.ScheduledExecutorService;

/** One thread, one task at a time: the baseline of every comparison. */
public final class SequentialLane implements Lane {
    private final SingleThread thread;

    public SequentialLane(ScheduledExecutorService timer) {
        this.thread = new SingleThread("lanes-sequential", timer);
    }

    @Override
    public LaneName name() {
        return LaneName.SEQUENTIAL;
    }

    @Override
    public int concurrency() {
        return 1;
    }

    @Override
    public boolean replaceThreadOf(Run stuck) {
        thread.replace();
        return true;
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
