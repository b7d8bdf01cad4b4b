package dev.lanes.handler.builtin;

import dev.lanes.handler.BlockingHandler;
import dev.lanes.handler.TaskContext;
import dev.lanes.handler.TaskType;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** Block by block, so that a lane with a thousand of them in flight needs disk and not heap. */
@TaskType(value = "file", description = "Writes a temporary file and reads it back.", example = "{\"bytes\":65536}")
final class FileHandler implements BlockingHandler<FileHandler.Size> {
    private static final int BLOCK_BYTES = 64 * 1024;

    record Size(@Positive @Max(64 * 1024 * 1024) int bytes) {}

    record Written(long bytes, String digest) {}

    @Override
    public Written run(Size size, TaskContext context) throws IOException {
        Path file = Files.createTempFile("lanes-", ".tmp");
        try {
            write(file, size.bytes());
            return read(file);
        } finally {
            Files.delete(file);
        }
    }

    private static void write(Path file, int bytes) throws IOException {
        byte[] block = new byte[Math.min(bytes, BLOCK_BYTES)];
        Arrays.fill(block, (byte) 42);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int left = bytes; left > 0; left -= block.length) {
                out.write(block, 0, Math.min(left, block.length));
            }
        }
    }

    private static Written read(Path file) throws IOException {
        MessageDigest digest = Computation.sha256();
        try (InputStream in = Files.newInputStream(file);
                DigestOutputStream digested = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            long bytes = in.transferTo(digested);
            return new Written(bytes, HexFormat.of().formatHex(digest.digest()));
        }
    }
}
