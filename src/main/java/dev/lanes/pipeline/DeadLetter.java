package dev.lanes.pipeline;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lanes.task.LaneName;
import dev.lanes.task.TaskId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * A record of {@code lanes.dead}: a task that will not be tried again, with the record as it came, and why.
 *
 * @param reason why it lies here, for people
 * @param at when it came here
 */
public record DeadLetter(
        TaskId id, int generation, String type, String reason, Instant at, ConsumerRecord<byte[], byte[]> original) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final JsonMapper MAPPER = new JsonMapper(JSON);

    /**
     * Reads a record of {@code lanes.dead}.
     *
     * @throws Malformed when it is none of ours
     */
    public static DeadLetter read(ConsumerRecord<byte[], byte[]> record) throws Malformed {
        try {
            JsonNode json = MAPPER.readTree(record.value());
            TaskId id = TaskId.parse(json.path("id").asText()).orElseThrow(() -> new Malformed("id", "must be a UUID"));
            byte[] value = json.has("originalBase64")
                    ? json.get("originalBase64").binaryValue()
                    : json.path("original").isTextual()
                            ? json.get("original").textValue().getBytes(StandardCharsets.UTF_8)
                            : null;
            Instant at = Instant.parse(json.path("at").asText());
            ConsumerRecord<byte[], byte[]> original = new ConsumerRecord<>(
                    json.path("topic").asText(),
                    json.path("partition").asInt(),
                    json.path("offset").asLong(),
                    at.toEpochMilli(),
                    TimestampType.CREATE_TIME,
                    ConsumerRecord.NULL_SIZE,
                    ConsumerRecord.NULL_SIZE,
                    null,
                    value,
                    new RecordHeaders(),
                    Optional.empty());
            return new DeadLetter(
                    id,
                    json.path("generation").asInt(1),
                    json.path("type").asText(),
                    json.path("reason").asText(),
                    at,
                    original);
        } catch (IOException | DateTimeException | IllegalArgumentException foreign) {
            throw new Malformed("", "is no dead letter: " + foreign.getMessage());
        }
    }

    /** The record's key: one that has come later must not go with the one before it. */
    String key() {
        return key(id, generation);
    }

    public static String key(TaskId id, int generation) {
        return id + "/" + generation;
    }

    /** The lane on which the task died; empty where the record did not lie in a lane's topic. */
    public Optional<LaneName> lane() {
        String topic = original.topic();
        return LaneName.parse(topic.substring(topic.lastIndexOf('.') + 1));
    }

    /** The record's value as it came. */
    public byte @Nullable [] value() {
        return original.value();
    }

    /** Where the record lay. */
    public String topic() {
        return original.topic();
    }

    /** Where the record lay. */
    public int partition() {
        return original.partition();
    }

    /** Where the record lay. */
    public long offset() {
        return original.offset();
    }

    byte[] json() {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(512);
                JsonGenerator json = JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
            json.writeStartObject();
            json.writeStringField("id", id.toString());
            json.writeNumberField("generation", generation);
            json.writeStringField("type", type);
            json.writeStringField("reason", reason);
            json.writeStringField("at", at.toString());
            json.writeStringField("topic", original.topic());
            json.writeNumberField("partition", original.partition());
            json.writeNumberField("offset", original.offset());
            writeOriginal(json, original.value());
            json.writeEndObject();
            json.flush();
            return bytes.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
    }

    /**
     * As text where it is text, else in Base64: a redrive must be able to restore every byte. Control characters do not
     * count as text, as JSON makes six bytes of one, and the letter must not outgrow what Kafka takes.
     */
    private static void writeOriginal(JsonGenerator json, byte @Nullable [] value) throws IOException {
        if (value == null) {
            json.writeNullField("original");
            return;
        }
        Optional<String> text = text(value);
        if (text.isPresent()) {
            json.writeStringField("original", text.get());
        } else {
            json.writeBinaryField("originalBase64", value);
        }
    }

    /** A record's value as text; empty where it is none. */
    public static Optional<String> text(byte[] value) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
            boolean plain = text.chars().allMatch(at -> at >= ' ' || at == '\n' || at == '\r' || at == '\t');
            return plain ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }
}
