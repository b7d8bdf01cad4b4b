package dev.lanes.handler.builtin;

import dev.lanes.handler.BlockingHandler;
import dev.lanes.handler.TaskContext;
import dev.lanes.handler.TaskType;

@TaskType(value = "crash", description = "Ends its process at once, as a fatal error does.", endsItsProcess = true)
final class CrashHandler implements BlockingHandler<CrashHandler.Nothing> {
    record Nothing() {}

    @Override
    public Object run(Nothing payload, TaskContext context) {
        Runtime.getRuntime().halt(134);
        throw new IllegalStateException("unreachable");
    }
}
