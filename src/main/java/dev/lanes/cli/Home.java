package dev.lanes.cli;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The folder that holds the state of a local run: Kafka's data, logs, and what is running.
 *
 * @param folder its absolute path
 */
record Home(Path folder) {
    /** Kept from the garbage collector, which would release them. */
    private static final List<FileLock> HELD = new ArrayList<>();

    Path logs() {
        return folder.resolve("logs");
    }

    Path appLog() {
        return logs().resolve("app.log");
    }

    Path appFile() {
        return folder.resolve("app.json");
    }

    /** Makes the folders and proves that files can be made there. */
    void prepare() {
        try {
            Files.createDirectories(logs());
            Files.delete(Files.createTempFile(folder, "write", ".test"));
        } catch (IOException notWritable) {
            throw new CommandFailed(
                    "cannot write to " + folder + " (" + notWritable.getClass().getSimpleName()
                            + "): make it writable, or set LANES_HOME to a folder that is",
                    notWritable);
        }
    }

    /**
     * A folder below this one for one process by itself, which no other process has: the lanes join Kafka's consumer
     * groups under a name that follows from it. The first that is free, so that a restart finds its own again; held
     * until this process ends.
     */
    Home claim() {
        prepare();
        for (int number = 1; ; number++) {
            Path own = folder.resolve("run-" + number);
            try {
                Files.createDirectories(own);
                FileChannel channel = FileChannel.open(own.resolve("lock"), CREATE, WRITE);
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    HELD.add(lock);
                    return new Home(own);
                }
                channel.close();
            } catch (IOException notWritable) {
                throw new CommandFailed(
                        "cannot write to " + own + ": make it writable, or set LANES_HOME", notWritable);
            }
        }
    }

    /** A path as a person standing in the current folder would write it. */
    static String shown(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return path.startsWith(here) && !path.equals(here)
                ? here.relativize(path).toString()
                : path.toString();
    }
}
