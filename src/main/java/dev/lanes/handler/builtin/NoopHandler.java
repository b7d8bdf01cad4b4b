package dev.lanes.handler.builtin;

import dev.lanes.handler.BlockingHandler;
import dev.lanes.handler.NonBlockingHandler;
import dev.lanes.handler.TaskContext;
import dev.lanes.handler.TaskType;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

@TaskType(value = "noop", description = "Does nothing: shows what the pipeline itself costs.")
final class NoopHandler implements BlockingHandler<NoopHandler.Nothing>, NonBlockingHandler<NoopHandler.Nothing> {
    record Nothing() {}

    @Override
    public @Nullable Object run(Nothing payload, TaskContext context) {
        return null;
    }

    @Override
    public Uni<?> start(Nothing payload, TaskContext context) {
        return Uni.createFrom().nullItem();
    }
}
