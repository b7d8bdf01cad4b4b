package dev.lanes.handler.builtin;

import dev.lanes.handler.BlockingHandler;
import dev.lanes.handler.TaskContext;
import dev.lanes.handler.TaskType;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What a library does that swallows interrupts: only the end of its process ends it. */
@TaskType(
        value = "stubborn",
        description = "Waits, or spins, and nothing stops it but the end of its process.",
        example = "{\"ms\":60000}",
        endsItsProcess = true)
final class StubbornHandler implements BlockingHandler<StubbornHandler.Wait> {
    record Wait(@Positive @Max(600_000) int ms, @Nullable Boolean spin) {}

    @Override
    public @Nullable Object run(Wait wait, TaskContext context) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(wait.ms());
        while (System.nanoTime() < end) {
            if (Boolean.TRUE.equals(wait.spin())) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
                // Parking returns at once while the interrupt stands.
                Thread.interrupted();
            }
        }
        return null;
    }
}
