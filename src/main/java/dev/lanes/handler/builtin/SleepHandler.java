package dev.lanes.handler.builtin;

import dev.lanes.handler.BlockingHandler;
import dev.lanes.handler.NonBlockingHandler;
import dev.lanes.handler.TaskContext;
import dev.lanes.handler.TaskType;
import dev.lanes.task.TaskId;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

@TaskType(
        value = "sleep",
        description = "Waits for ms, as for a slow service; one task in slowOneIn waits for slowMs.",
        example = "{\"ms\":1000}")
final class SleepHandler implements BlockingHandler<SleepHandler.Sleep>, NonBlockingHandler<SleepHandler.Sleep> {
    /**
     * How long it waits. Of many tasks with the same payload, one in {@code slowOneIn} may be slow; which, their ids say.
     */
    record Sleep(
            @PositiveOrZero @Max(86_400_000) int ms,
            @Nullable @PositiveOrZero @Max(86_400_000) Integer slowMs,
            @Nullable @Positive @Max(1_000_000) Integer slowOneIn) {
        int msOf(TaskId task) {
            if (slowMs == null || slowOneIn == null) {
                return ms;
            }
            return Long.remainderUnsigned(task.low(), slowOneIn) == 0 ? slowMs : ms;
        }
    }

    @Override
    public @Nullable Object run(Sleep sleep, TaskContext context) throws InterruptedException {
        Thread.sleep(sleep.msOf(context.id()));
        return null;
    }

    @Override
    public Uni<?> start(Sleep sleep, TaskContext context) {
        return Uni.createFrom()
                .nullItem()
                .onItem()
                .delayIt()
                .onExecutor(context.loop())
                .by(Duration.ofMillis(Math.max(1, sleep.msOf(context.id()))));
    }
}
