package dev.lanes.e2e;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Programs that a test needs and a user may not have: CI must have them, elsewhere the test is skipped. */
final class Tools {
    private Tools() {}

    /** The first of these commands that is on the path. */
    static Optional<Path> find(String... commands) {
        return Stream.of(System.getenv("PATH").split(Pattern.quote(File.pathSeparator)))
                .flatMap(folder -> Stream.of(commands).map(command -> Path.of(folder, command)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Skips the test, or fails it in CI, where the program is not there. */
    static Path require(Optional<Path> program, String remedy) {
        if (program.isEmpty() && System.getenv("CI") != null) {
            fail(remedy);
        }
        assumeTrue(program.isPresent(), remedy);
        return program.orElseThrow();
    }
}
