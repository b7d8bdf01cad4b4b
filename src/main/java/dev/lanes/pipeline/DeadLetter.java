package dev.lanes.pipeline;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dev.lanes.task.TaskId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record of {@code lanes.dead}: a task that will not be tried again, with the record as it came, and why.
 *
 * @param reason why it lies here, for people
 * @param at when it came here
 */
record DeadLetter(TaskId id, String type, String reason, Instant at, ConsumerRecord<byte[], byte[]> original) {
    private static final JsonFactory JSON = new JsonFactory();

    byte[] json() {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(512);
                JsonGenerator json = JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
            json.writeStartObject();
            json.writeStringField("id", id.toString());
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
    private static void writeOriginal(JsonGenerator json, byte @org.jspecify.annotations.Nullable [] value)
            throws IOException {
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

    private static Optional<String> text(byte[] value) {
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
