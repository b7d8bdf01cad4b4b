package dev.lanes.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lanes.task.TaskId;
import java.io.IOException;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeadLetterTest {
    private static final int MAX_RECORD_BYTES = 1024 * 1024;
    private static final int MAX_LETTER_BYTES = 4 * 1024 * 1024;
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final TaskId ID = TaskId.create(NOW);

    @Test
    void says_what_died_where_and_why() throws IOException {
        JsonNode letter = json(letter("{\"type\":\"noop\"}".getBytes(UTF_8)));

        assertThat(letter.get("id").asText()).isEqualTo(ID.toString());
        assertThat(letter.get("type").asText()).isEqualTo("noop");
        assertThat(letter.get("reason").asText()).isEqualTo("no luck");
        assertThat(letter.get("at").asText()).isEqualTo("2026-01-31T12:00:00Z");
        assertThat(letter.get("topic").asText()).isEqualTo("lanes.tasks.thread");
        assertThat(letter.get("partition").asInt()).isEqualTo(3);
        assertThat(letter.get("offset").asLong()).isEqualTo(41);
        assertThat(letter.get("original").asText()).isEqualTo("{\"type\":\"noop\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text", "\u00e9\ud83d\ude00", "a\tb\r\nc", "\"quoted\\\""})
    void keeps_text_as_text(String text) throws IOException {
        JsonNode letter = json(letter(text.getBytes(UTF_8)));

        assertThat(letter.get("original").asText()).isEqualTo(text);
        assertThat(letter.has("originalBase64")).isFalse();
    }

    @Test
    void keeps_every_byte_of_what_is_no_text() throws IOException {
        byte[] bytes = {(byte) 0xff, 0, 1, (byte) 0xc3};

        JsonNode letter = json(letter(bytes));

        assertThat(letter.get("originalBase64").binaryValue()).isEqualTo(bytes);
        assertThat(letter.has("original")).isFalse();
    }

    @Test
    void keeps_that_there_was_no_value() throws IOException {
        assertThat(json(letter(null)).get("original").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0001", "\"", "\n", "\u00e9", "x"})
    void stays_below_the_size_that_its_topic_takes(String repeated) {
        byte[] largest = repeated.repeat(MAX_RECORD_BYTES / repeated.getBytes(UTF_8).length)
                .getBytes(UTF_8);

        assertThat(letter(largest).json()).hasSizeLessThan(MAX_LETTER_BYTES);
    }

    private static DeadLetter letter(byte[] original) {
        return new DeadLetter(
                ID, 1, "noop", "no luck", NOW, new ConsumerRecord<>("lanes.tasks.thread", 3, 41, null, original));
    }

    private static JsonNode json(DeadLetter letter) throws IOException {
        return new JsonMapper().readTree(letter.json());
    }
}
