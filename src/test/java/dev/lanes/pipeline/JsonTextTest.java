package dev.lanes.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lanes.task.RawJson;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTextTest {
    private static final JsonMapper JSON = new JsonMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "a \"quoted\" \\ one",
                "line\nbreak\t",
                "\u0000\u001f\u007f",
                "\u00e9\u20ac\ud83d\ude00"
            })
    void a_text_is_read_as_it_was(String text) throws IOException {
        for (String value : new String[] {text, "before " + text, text + "x".repeat(2000)}) {
            JsonNode read = JSON.readTree(new JsonText()
                    .number("first", -1)
                    .text("text", value)
                    .word("last", "z")
                    .bytes());

            assertThat(read.get("text").textValue()).isEqualTo(value);
            assertThat(read.get("first").longValue()).isEqualTo(-1);
            assertThat(read.get("last").textValue()).isEqualTo("z");
        }
    }

    @Test
    void half_of_a_character_is_a_question_mark_and_no_error() throws IOException {
        for (String half : new String[] {"\ud83d", "\ude00"}) {
            byte[] written = new JsonText().text("text", "cut " + half).bytes();

            assertThat(JSON.readTree(written).get("text").textValue()).isEqualTo("cut ?");
        }
    }

    @Test
    void leaves_out_what_is_null_and_keeps_json_as_it_is() throws IOException {
        RawJson value = RawJson.of("[1, {\"a\":\"" + "\u00e9".repeat(1000) + "\"}]");

        byte[] written = new JsonText()
                .text("none", null)
                .time("never", null)
                .json("nothing", null)
                .flag("yes", true)
                .time("at", Instant.parse("2026-01-31T12:00:00.5Z"))
                .number("big", Long.MIN_VALUE)
                .json("json", value)
                .bytes();

        assertThat(new String(written, UTF_8))
                .isEqualTo("{\"yes\":true,\"at\":\"2026-01-31T12:00:00.500Z\",\"big\":-9223372036854775808,\"json\":"
                        + value + "}");
        assertThat(new String(new JsonText().bytes(), UTF_8)).isEqualTo("{}");
    }
}
