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

@TaskType(value = "sleep", description = "Waits, as for a slow service.", example = "{\"ms\":1000}")
final class SleepHandler implements BlockingHandler<SleepHandler.Sleep>, NonBlockingHandler<SleepHandler.Sleep> {
    record Sleep(@PositiveOrZero @Max(86_400_000) int ms) {}

    @Override
    public @Nullable Object run(Sleep sleep, TaskContext context) throws InterruptedException {
        Thread.sleep(sleep.ms());
        return null;
    }

    @Override
    public Uni<?> start(Sleep sleep, TaskContext context) {
        return Uni.createFrom()
                .nullItem()
                .onItem()
                .delayIt()
                .onExecutor(context.loop())
                .by(Duration.ofMillis(Math.max(1, sleep.ms())));
    }
}
