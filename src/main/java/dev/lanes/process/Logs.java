package dev.lanes.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the children's output goes. */
final class Logs {
    private Logs() {}

    /**
     * The log file of a child; its folder is made.
     *
     * @throws IOException when it cannot be
     */
    static Path file(Path home, String name) throws IOException {
        Path folder = Files.createDirectories(home.toAbsolutePath().normalize().resolve("logs"));
        return folder.resolve(name + ".log");
    }
}
