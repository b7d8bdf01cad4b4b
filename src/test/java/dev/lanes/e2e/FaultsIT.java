package dev.lanes.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command that inflicts faults, as a user calls it: its short form, and how it refuses what cannot be. */
final class FaultsIT {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path temporary;

    @Test
    void loses_no_task_on_any_lane_when_a_worker_process_and_the_broker_are_killed_nor_its_ledger_when_the_app_is()
            throws Exception {
        Commands.Ended ended = faults("--short", "--json");

        JsonNode report = JSON.readTree(ended.output());
        assertThat(ended.status()).as("%s%n%s", ended.output(), ended.errors()).isZero();
        assertThat(report.path("good").asBoolean()).isTrue();
        assertThat(report.path("rows")).hasSize(2).allSatisfy(row -> {
            assertThat(row.path("notRun").isNull()).as("%s", row).isTrue();
            assertThat(row.path("tasks").asInt())
                    .isEqualTo(5 * report.path("count").asInt());
            assertThat(row.path("lost")).isEmpty();
            assertThat(row.path("recoverMs").asLong()).isPositive();
        });
        assertThat(leftBehind()).as("what it leaves in its home").isEmpty();
        assertThat(processesBelow(temporary)).as("processes that outlive it").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--lanes, turbo, turbo is not a lane",
        "--faults, kill-me, kill-me is not a fault",
        "--count, 5, --count is 5: give a number in",
        "--rounds, 0, --rounds is 0: give a number in"
    })
    void refuses_in_one_line_what_it_does_not_know(String option, String value, String problem) throws Exception {
        Commands.Ended ended = faults(option, value);

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.errors().strip().lines()).hasSize(1);
        assertThat(ended.errors().replace("'", "")).contains(problem);
    }

    private Commands.Ended faults(String... options) throws IOException, InterruptedException {
        return new Commands(temporary, Map.of())
                .run(Stream.concat(Stream.of("faults"), Stream.of(options)).toArray(String[]::new));
    }

    private List<String> leftBehind() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("faults-"))
                    .toList();
        }
    }

    private static List<Long> processesBelow(Path home) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(home.toString()))
                .map(ProcessHandle::pid)
                .toList();
    }
}
