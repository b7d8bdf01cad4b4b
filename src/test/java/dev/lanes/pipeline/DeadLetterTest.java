package dev.lanes.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lanes.task.Attempt;
import dev.lanes.task.LaneName;
import dev.lanes.task.Outcome;
import dev.lanes.task.Place;
import dev.lanes.task.TaskId;
import dev.lanes.task.TaskState;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeadLetterTest {
    private static final int MAX_RECORD_BYTES = 1024 * 1024;
    private static final int MAX_LETTER_BYTES = 4 * 1024 * 1024;
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final TaskId ID = TaskId.create(NOW);
    private static final OutcomeRecord SAID = new OutcomeRecord(
            ID,
            2,
            "noop",
            TaskState.DEAD,
            NOW.minusSeconds(5),
            new Attempt(
                    3,
                    LaneName.THREAD,
                    new Place("here", 7, "lanes-thread-1", false),
                    NOW.minusMillis(20),
                    NOW,
                    Outcome.FAILED,
                    "no luck"),
            null);

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

    @Test
    void says_how_the_last_attempt_ended() throws Exception {
        DeadLetter read = sent(DeadLetter.of(SAID, record("key".getBytes(UTF_8), new byte[0])));

        assertThat(read.attempts()).containsExactly(SAID.attempt());
        assertThat(read.reason()).isEqualTo("no luck");
        assertThat(read.at()).isEqualTo(NOW);
        assertThat(read.generation()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"customer 7", "", "\u0000"})
    void keeps_what_its_publisher_gave_the_record(String text) throws Exception {
        byte[] bytes = text.getBytes(UTF_8);
        ConsumerRecord<byte[], byte[]> original = record(bytes, bytes);
        original.headers().add("traceparent", bytes).add("nothing", null);

        ConsumerRecord<byte[], byte[]> kept =
                sent(DeadLetter.of(SAID, original)).original();

        assertThat(kept.key()).isEqualTo(bytes);
        assertThat(kept.value()).isEqualTo(bytes);
        assertThat(kept.headers()).isEqualTo(original.headers());
        assertThat(kept.timestamp()).isEqualTo(original.timestamp());
        assertThat(kept.topic()).isEqualTo(original.topic());
        assertThat(kept.offset()).isEqualTo(original.offset());
    }

    @Test
    void is_read_when_an_earlier_version_has_written_it() throws Exception {
        String written = """
                {"id":"%s","generation":1,"type":"noop","reason":"no luck","at":"2026-01-31T12:00:00Z",
                "topic":"lanes.tasks.thread","partition":3,"offset":41,"original":"{\\"type\\":\\"noop\\"}"}
                """.formatted(ID);

        DeadLetter read = DeadLetter.read(new ConsumerRecord<>("lanes.dead", 0, 0, null, written.getBytes(UTF_8)));

        assertThat(read.attempts()).isEmpty();
        assertThat(read.key()).isEqualTo(new JsonBytes(null, null));
        assertThat(read.headings()).isEmpty();
        assertThat(read.timestamp()).isEqualTo(NOW);
        assertThat(read.value().text()).isEqualTo("{\"type\":\"noop\"}");
    }

    private static DeadLetter letter(byte[] original) {
        return new DeadLetter(ID, 1, "noop", "no luck", NOW, List.of(), record(null, original));
    }

    private static ConsumerRecord<byte[], byte[]> record(byte[] key, byte[] value) {
        return new ConsumerRecord<>(
                "lanes.tasks.thread",
                3,
                41,
                NOW.minusSeconds(5).toEpochMilli(),
                TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                key,
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    /** The letter as somebody reads it who gets its record. */
    private static DeadLetter sent(DeadLetter letter) throws Malformed {
        var record = letter.record("lanes.dead");
        return DeadLetter.read(new ConsumerRecord<>(
                record.topic(),
                0,
                0,
                NOW.toEpochMilli(),
                TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                record.key(),
                record.value(),
                record.headers(),
                Optional.empty()));
    }

    private static JsonNode json(DeadLetter letter) throws IOException {
        return new JsonMapper().readTree(letter.json());
    }
}
