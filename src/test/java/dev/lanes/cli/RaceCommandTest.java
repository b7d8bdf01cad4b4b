package dev.lanes.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class RaceCommandTest {
    @Test
    void asks_for_the_same_concurrency_everywhere_or_for_some_on_some_lanes() {
        assertThat(concurrency("16")).hasToString("16");
        assertThat(concurrency("process=2,thread=4")).hasToString("{\"process\":2,\"thread\":4}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"many", "", "=3", "thread=", "thread=many", "thread=1,thread=2", "thread=1,", "99999999999"})
    void says_how_to_give_a_concurrency(String option) {
        assertThatThrownBy(() -> concurrency(option))
                .isInstanceOfSatisfying(
                        CommandFailed.class,
                        failed -> assertThat(failed.exitStatus()).isEqualTo(CommandFailed.USAGE))
                .hasMessageContaining("--concurrency is '" + option + "'")
                .hasMessageContaining("thread=4,process=2");
    }

    private static JsonNode concurrency(String option) {
        RaceCommand race = new RaceCommand();
        new CommandLine(race).parseArgs("noop", "--concurrency", option);
        return race.request().path("concurrency");
    }
}
