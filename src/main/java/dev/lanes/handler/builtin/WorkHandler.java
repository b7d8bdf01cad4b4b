package dev.lanes.handler.builtin;

import dev.lanes.handler.BlockingHandler;
import dev.lanes.handler.NonBlockingHandler;
import dev.lanes.handler.TaskContext;
import dev.lanes.handler.TaskType;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

@TaskType(
        value = "work",
        description = "Waits, then computes: stands for a task of your own.",
        example = "{\"waitMs\":20,\"cpuMicros\":500}")
final class WorkHandler implements BlockingHandler<WorkHandler.Work>, NonBlockingHandler<WorkHandler.Work> {
    record Work(
            @PositiveOrZero @Max(86_400_000) int waitMs,
            @PositiveOrZero @Max(600_000_000) int cpuMicros) {}

    @Override
    public @Nullable Object run(Work work, TaskContext context) throws InterruptedException {
        Thread.sleep(work.waitMs());
        Computation.micros(work.cpuMicros(), context);
        return null;
    }

    @Override
    public Uni<?> start(Work work, TaskContext context) {
        return Uni.createFrom()
                .nullItem()
                .onItem()
                .delayIt()
                .onExecutor(context.loop())
                .by(Duration.ofMillis(Math.max(1, work.waitMs())))
                .invoke(() -> Computation.micros(work.cpuMicros(), context));
    }
}
