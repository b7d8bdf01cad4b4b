package dev.lanes.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.process.ChildJvm;
import dev.lanes.process.Installation;
import dev.lanes.process.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClassDataArchiveIT {
    private static final Path TARGET = RunningLanes.PROJECT.resolve("target");

    static Stream<Program> programs() {
        Installation built = new Installation(TARGET.resolve("quarkus-app"), TARGET.resolve("broker"));
        return Stream.of(built.application(), built.worker(), built.broker());
    }

    @ParameterizedTest
    @MethodSource("programs")
    void every_process_of_a_build_starts_from_an_archive(Program program) throws Exception {
        assertThat(program.archive()).exists();

        // With share:on a JVM refuses to start from an archive that does not fit it, instead of going on without.
        Process process = dryRun(program, "-Xshare:on").start();

        assertThat(process.waitFor())
                .as("%s", new String(process.getInputStream().readAllBytes()))
                .isZero();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void starts_without_an_archive_that_does_not_fit(Program program) throws Exception {
        Program other = new Program(program.main(), program.classPath().reversed(), program.flags(), program.archive());

        assertThat(dryRun(other, "-Xshare:on").start().waitFor()).isNotZero();
        assertThat(dryRun(other, "-Xshare:auto").start().waitFor()).isZero();
    }

    private static ProcessBuilder dryRun(Program program, String sharing) {
        return new ChildJvm(
                        "dry-run",
                        program,
                        List.of(sharing, "--dry-run"),
                        List.of(),
                        Map.of(),
                        Duration.ZERO,
                        TARGET.resolve("dry-run.log"))
                .builder()
                .redirectErrorStream(true);
    }
}
