package dev.lanes.handler.builtin;

import dev.lanes.handler.BlockingHandler;
import dev.lanes.handler.TaskContext;
import dev.lanes.handler.TaskType;
import java.util.concurrent.atomic.AtomicLong;

@TaskType(value = "count", description = "Adds one to a counter in its process's own memory, and returns it.")
final class CountHandler implements BlockingHandler<CountHandler.Nothing> {
    record Nothing() {}

    record Count(long count, long pid) {}

    private final AtomicLong counter = new AtomicLong();

    @Override
    public Count run(Nothing payload, TaskContext context) {
        return new Count(counter.incrementAndGet(), ProcessHandle.current().pid());
    }
}
