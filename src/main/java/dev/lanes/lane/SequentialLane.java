package dev.lanes.lane;

import dev.lanes.task.LaneName;
import java.util.concurrent.ScheduledExecutorService;

/** One thread, one task at a time: the baseline of every comparison. */
public final class SequentialLane implements Lane {
    private static final int AHEAD = 64;

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
    public int ahead() {
        return AHEAD;
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
