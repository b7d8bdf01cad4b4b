package dev.lanes.handler.builtin;

import dev.lanes.handler.BlockingHandler;
import dev.lanes.handler.TaskContext;
import dev.lanes.handler.TaskType;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import java.util.HexFormat;

@TaskType(
        value = "hash",
        description = "Computes SHA-256 over 1 KiB, over and over; returns the digest.",
        example = "{\"iterations\":100000}")
final class HashHandler implements BlockingHandler<HashHandler.Hash> {
    record Hash(@Positive @Max(10_000_000_000L) long iterations) {}

    record Digest(String digest) {}

    @Override
    public Digest run(Hash hash, TaskContext context) {
        return new Digest(HexFormat.of().formatHex(Computation.digest(hash.iterations(), context)));
    }
}
