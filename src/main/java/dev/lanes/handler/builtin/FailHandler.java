package dev.lanes.handler.builtin;

import dev.lanes.handler.BlockingHandler;
import dev.lanes.handler.TaskContext;
import dev.lanes.handler.TaskType;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

@TaskType(value = "fail", description = "Fails.", example = "{\"message\":\"on purpose\"}")
final class FailHandler implements BlockingHandler<FailHandler.Failure> {
    record Failure(@Nullable @Size(max = 1000) String message) {}

    @Override
    public Object run(Failure failure, TaskContext context) {
        throw new IllegalStateException(failure.message() == null ? "on purpose" : failure.message());
    }
}
