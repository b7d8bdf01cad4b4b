package dev.lanes.handler.builtin;

import dev.lanes.handler.BlockingHandler;
import dev.lanes.handler.PermanentFailure;
import dev.lanes.handler.TaskContext;
import dev.lanes.handler.TaskType;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

@TaskType(
        value = "fail",
        description = "Fails: always, or in its first attempts only (times), or once and for all (permanent).",
        example = "{\"message\":\"on purpose\"}")
final class FailHandler implements BlockingHandler<FailHandler.Failure> {
    record Failure(
            @Nullable @Size(max = 1000) String message,
            @Nullable @PositiveOrZero Integer times,
            @Nullable Boolean permanent) {}

    @Override
    public @Nullable Object run(Failure failure, TaskContext context) {
        Integer times = failure.times();
        if (times != null && context.attempt() > times) {
            return null;
        }
        String message = failure.message() == null ? "on purpose" : failure.message();
        if (Boolean.TRUE.equals(failure.permanent())) {
            throw new PermanentFailure(message);
        }
        throw new IllegalStateException(message);
    }
}
