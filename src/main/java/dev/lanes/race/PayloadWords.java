package dev.lanes.race;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lanes.task.RawJson;
import java.util.ArrayList;
import java.util.List;

/** A payload as a command line has it: {@code ms=10}. */
final class PayloadWords {
    private static final JsonMapper JSON = new JsonMapper();

    private PayloadWords() {}

    static List<String> of(RawJson payload) {
        List<String> words = new ArrayList<>();
        try {
            JSON.readTree(payload.toString())
                    .properties()
                    .forEach(field -> words.add(field.getKey() + "=" + quoted(field.getValue())));
        } catch (JsonProcessingException checkedBefore) {
            throw new IllegalStateException(checkedBefore);
        }
        return words;
    }

    /** In single quotes where a shell would read it otherwise; text always as JSON, so that "5" stays text. */
    private static String quoted(JsonNode value) {
        String json = value.toString();
        return json.matches("[A-Za-z0-9.+-]*") ? json : "'" + json.replace("'", "'\\''") + "'";
    }
}
