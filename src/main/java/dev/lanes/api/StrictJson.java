package dev.lanes.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Reads the body of a request; what is not as it should be is refused with the field's name. */
final class StrictJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private StrictJson() {}

    /**
     * Reads one object.
     *
     * @param expected what to send instead of something that is no object
     * @param wanted what a field must be, given its name
     */
    static <T> T read(byte[] json, Class<T> type, String expected, UnaryOperator<String> wanted) {
        try {
            T body = JSON.readValue(json, type);
            if (body == null) {
                throw Refused.badRequest("", expected);
            }
            return body;
        } catch (UnrecognizedPropertyException unknown) {
            throw Refused.badRequest(unknown.getPropertyName(), "unknown field; there are " + fields(unknown));
        } catch (JsonMappingException wrong) {
            String field = wrong.getPath().stream()
                    .map(JsonMappingException.Reference::getFieldName)
                    .filter(Objects::nonNull)
                    .collect(Collectors.joining("."));
            throw Refused.badRequest(field, field.isEmpty() ? expected : wanted.apply(field));
        } catch (JsonProcessingException malformed) {
            throw Refused.badRequest(
                    "",
                    "is not JSON from line " + malformed.getLocation().getLineNr() + ", column "
                            + malformed.getLocation().getColumnNr() + " on: " + expected);
        } catch (IOException impossible) {
            throw new IllegalStateException("reading from memory", impossible);
        }
    }

    private static String fields(UnrecognizedPropertyException unknown) {
        return unknown.getKnownPropertyIds().stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
