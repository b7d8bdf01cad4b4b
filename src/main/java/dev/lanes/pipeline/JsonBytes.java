package dev.lanes.pipeline;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of a record as JSON can hold them, every one: as text where they are text, else in Base64. Control characters
 * do not count as text, as JSON makes six bytes of one, and a letter must not outgrow what Kafka takes.
 *
 * @param text null where they are none
 * @param base64 null where they are text
 */
public record JsonBytes(@Nullable String text, @Nullable String base64) {
    private static final JsonBytes NONE = new JsonBytes(null, null);
    private static final String BASE64 = "Base64";

    static JsonBytes of(byte @Nullable [] bytes) {
        if (bytes == null) {
            return NONE;
        }
        String text = text(bytes);
        return new JsonBytes(text, text == null ? Base64.getEncoder().encodeToString(bytes) : null);
    }

    private static @Nullable String text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            boolean plain = text.chars().allMatch(at -> at >= ' ' || at == '\n' || at == '\r' || at == '\t');
            return plain ? text : null;
        } catch (CharacterCodingException notText) {
            return null;
        }
    }

    /** Writes a field, whose name says which it is. */
    void write(JsonGenerator json, String name) throws IOException {
        if (base64 == null) {
            json.writeStringField(name, text);
        } else {
            json.writeStringField(name + BASE64, base64);
        }
    }

    /** The bytes that were written so; null where there were none. */
    static byte @Nullable [] read(JsonNode json, String name) throws IOException {
        if (json.has(name + BASE64)) {
            return json.get(name + BASE64).binaryValue();
        }
        return json.path(name).isTextual() ? json.get(name).textValue().getBytes(StandardCharsets.UTF_8) : null;
    }
}
