package dev.lanes.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How much memory this process has in use. */
final class ResidentMemory {
    private static final int PAGE_BYTES = 4096;

    private ResidentMemory() {}

    /** The second field of proc_pid_statm(5); null where the system does not tell. */
    static @Nullable Long bytes() {
        try {
            String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ");
            return Long.parseLong(pages[1]) * PAGE_BYTES;
        } catch (IOException notLinux) {
            return null;
        }
    }
}
