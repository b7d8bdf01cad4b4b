package dev.lanes.race.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Looks for a file among those that its own process has open. */
public final class OpenFilesMain {
    private OpenFilesMain() {}

    /** Prints {@code {"found":1}} when the file {@code args[0]} is open here, else 0. */
    public static void main(String[] args) throws IOException {
        Answer.print(Map.of("found", Descriptors.include(Path.of(args[0])) ? 1 : 0));
    }
}
