package dev.lanes.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command line, called as a user calls it, with a home of its own. */
record Commands(Path home, Map<String, String> environment) {
    /** How a command ended, and what it said. */
    record Ended(int status, String output, String errors) {}

    Ended run(String... words) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(RunningLanes.PROJECT.resolve("lanes").toString()));
        command.addAll(List.of(words));
        Path output = Files.createTempFile("lanes-", ".out");
        Path errors = Files.createTempFile("lanes-", ".err");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
            builder.environment().putAll(environment);
            builder.environment().put("LANES_HOME", home.toString());
            int status = builder.start().waitFor();
            return new Ended(status, Files.readString(output), Files.readString(errors));
        } finally {
            Files.delete(output);
            Files.delete(errors);
        }
    }
}
