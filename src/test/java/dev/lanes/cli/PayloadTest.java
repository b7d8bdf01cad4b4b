package dev.lanes.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v=100         | 100",
                "v=-3          | -3",
                "v=1.0         | 1.0",
                "v=true        | true",
                "v=null        | null",
                "v={\"a\":[1]} | {\"a\":[1]}",
                "v=[1,\"x\"]   | [1,\"x\"]",
                "v=\"5\"       | \"5\""
            })
    void parses_values_that_are_json_as_json(String word, String json) {
        assertThat(Payload.parse(List.of(word)).path("v")).hasToString(json);
    }

    @ParameterizedTest
    @CsvSource({"v=hello,hello", "v=01,01", "v=1 2,1 2", "v=http://a/?b=c,http://a/?b=c", "v={oops,{oops", "v=,''"})
    void takes_all_other_values_as_text(String word, String text) {
        assertThat(Payload.parse(List.of(word)).path("v").textValue()).isEqualTo(text);
    }

    @Test
    void keeps_the_order_of_the_keys() {
        assertThat(Payload.parse(List.of("b=1", "a=2"))).hasToString("{\"b\":1,\"a\":2}");
    }

    @ParameterizedTest
    @CsvSource({"ms", "=5"})
    void refuses_a_word_without_a_key_as_a_mistake_in_usage(String word) {
        assertThatThrownBy(() -> Payload.parse(List.of(word)))
                .isInstanceOfSatisfying(
                        CommandFailed.class,
                        failed -> assertThat(failed.exitStatus()).isEqualTo(2))
                .hasMessageContaining("'" + word + "' is not key=value");
    }

    @Test
    void refuses_a_key_that_is_given_twice() {
        assertThatThrownBy(() -> Payload.parse(List.of("ms=1", "ms=2"))).hasMessageContaining("'ms' is given twice");
    }
}
