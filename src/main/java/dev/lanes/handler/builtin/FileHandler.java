package dev.lanes.handler.builtin;

import dev.lanes.handler.BlockingHandler;
import dev.lanes.handler.TaskContext;
import dev.lanes.handler.TaskType;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

@TaskType(value = "file", description = "Writes a temporary file and reads it back.", example = "{\"bytes\":65536}")
final class FileHandler implements BlockingHandler<FileHandler.Size> {
    record Size(@Positive @Max(64 * 1024 * 1024) int bytes) {}

    record Written(int bytes, String digest) {}

    @Override
    public Written run(Size size, TaskContext context) throws IOException {
        Path file = Files.createTempFile("lanes-", ".tmp");
        try {
            byte[] content = new byte[size.bytes()];
            Arrays.fill(content, (byte) 42);
            Files.write(file, content);
            byte[] read = Files.readAllBytes(file);
            return new Written(
                    read.length, HexFormat.of().formatHex(Computation.sha256().digest(read)));
        } finally {
            Files.delete(file);
        }
    }
}
