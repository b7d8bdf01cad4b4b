package dev.lanes.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands with which Lanes is started, operated and stopped on one machine. */
final class CommandsIT {
    @TempDir
    private Path home;

    @Test
    void up_comes_back_with_as_many_worker_processes_as_somebody_has_set() throws Exception {
        Commands lanes = new Commands(
                home,
                Map.of(
                        "LANES_PORT", Integer.toString(RunningLanes.freePort()),
                        "LANES_KAFKA_PORT", Integer.toString(RunningLanes.freePort())));
        try {
            assertSucceeds(lanes.run("up", "--detach", "--processes", "2"));
            assertSucceeds(lanes.run("lane", "process", "--concurrency", "1"));
            assertSucceeds(lanes.run("down"));

            Commands.Ended again = lanes.run("up", "--detach", "--processes", "2");

            assertSucceeds(again);
            assertThat(again.output()).contains("set by ./lanes lane process --concurrency 1");
            assertSucceeds(lanes.run("publish", "noop", "--lane", "process", "--wait"));
            Commands.Ended refused = lanes.run("race", "noop", "--concurrency", "thread=0");
            assertThat(refused.status()).isEqualTo(1);
            assertThat(refused.errors()).startsWith("lanes: --concurrency thread is 0: give a number");
        } finally {
            assertSucceeds(lanes.run("down"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1S", "PT-1S"})
    void up_refuses_in_one_line_a_pause_between_attempts_that_is_less_than_none(String backoff) throws Exception {
        Commands lanes = new Commands(
                home,
                Map.of(
                        "LANES_PORT", Integer.toString(RunningLanes.freePort()),
                        "LANES_KAFKA_PORT", Integer.toString(RunningLanes.freePort()),
                        "LANES_BACKOFF", backoff));

        Commands.Ended ended = lanes.run("up", "--detach", "--processes", "0");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.errors().strip().lines()).hasSize(1);
        assertThat(ended.errors()).contains("lanes.backoff");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense           | ./lanes help",
                "status --nonsense  | ./lanes status --help",
                "dead list --colour | ./lanes dead list --help",
                "race noop --count 99999999999 | ./lanes race --help"
            })
    void say_in_one_line_where_to_read_on_when_misused(String words, String remedy) throws Exception {
        Commands.Ended ended = new Commands(home, Map.of()).run(words.split(" "));

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.errors().strip().lines()).hasSize(1);
        assertThat(ended.errors()).contains("(see " + remedy + ")");
    }

    @ParameterizedTest
    @CsvSource({"help", "status --help", "dead --help", "dead list --help"})
    void help_themselves(String words) throws Exception {
        Commands.Ended ended = new Commands(home, Map.of()).run(words.split(" "));

        assertSucceeds(ended);
        assertThat(ended.output()).contains("Usage: lanes");
    }

    @Test
    void say_nothing_of_an_archive_of_classes_that_no_longer_fits() throws Exception {
        Path jar;
        try (Stream<Path> jars = Files.list(RunningLanes.PROJECT.resolve("target/quarkus-app/app"))) {
            jar = jars.findFirst().orElseThrow();
        }
        FileTime built = Files.getLastModifiedTime(jar);
        Files.setLastModifiedTime(jar, FileTime.from(built.toInstant().plusSeconds(1)));
        try {
            Commands.Ended ended = new Commands(home, Map.of()).run("help");

            assertSucceeds(ended);
            assertThat(ended.output()).doesNotContain("[warning]");
        } finally {
            Files.setLastModifiedTime(jar, built);
        }
    }

    private static void assertSucceeds(Commands.Ended ended) {
        assertThat(ended.status()).as("%s%n%s", ended.output(), ended.errors()).isZero();
    }
}
