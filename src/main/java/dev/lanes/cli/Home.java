package dev.lanes.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder that holds the state of a local run: Kafka's data, logs, and what is running.
 *
 * @param folder its absolute path
 */
record Home(Path folder) {
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

    /** A path as a person standing in the current folder would write it. */
    static String shown(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return path.startsWith(here) && !path.equals(here)
                ? here.relativize(path).toString()
                : path.toString();
    }
}
