package dev.lanes.handler.builtin;

import dev.lanes.handler.BlockingHandler;
import dev.lanes.handler.TaskContext;
import dev.lanes.handler.TaskType;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import java.util.concurrent.TimeUnit;

/**
 * A greedy one: each block lives just long enough to be copied by the garbage collector, and more live blocks than the
 * heap has room for are an OutOfMemoryError, which may end the process.
 */
@TaskType(
        value = "allocate",
        description = "Allocates memory as fast as it can, and holds some of it; may end its process.",
        example = "{\"ms\":1000,\"liveMegabytes\":16}",
        endsItsProcess = true)
final class AllocateHandler implements BlockingHandler<AllocateHandler.Greed> {
    private static final int BLOCK_BYTES = 1024;
    private static final int BLOCKS_A_MEGABYTE = 1024;
    private static final int BLOCKS_BETWEEN_LOOKS = 256;

    record Greed(
            @Positive @Max(600_000) int ms,
            @Positive @Max(1024) int liveMegabytes) {}

    record Allocated(long megabytes) {}

    @Override
    public Allocated run(Greed greed, TaskContext context) {
        byte[][] live = new byte[greed.liveMegabytes() * BLOCKS_A_MEGABYTE][];
        long start = System.nanoTime();
        long blocks = 0;
        while (System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(greed.ms()) && !context.cancelled()) {
            for (int more = 0; more < BLOCKS_BETWEEN_LOOKS; more++) {
                live[(int) (blocks++ % live.length)] = new byte[BLOCK_BYTES];
            }
        }
        return new Allocated(blocks / BLOCKS_A_MEGABYTE);
    }
}
