package dev.lanes.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;

/** The payload of a task, from the words {@code key=value} of a command line. */
final class Payload {
    private Payload() {}

    /** Reads each value as JSON where it is JSON (numbers, true, null, {...}, [...], "..."), else as a string. */
    static ObjectNode parse(List<String> words) {
        ObjectNode payload = LanesApi.JSON.createObjectNode();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw CommandFailed.usage("'" + word + "' is not key=value: give the payload like ms=100");
            }
            String key = word.substring(0, equals);
            if (payload.has(key)) {
                throw CommandFailed.usage("'" + key + "' is given twice: give each key once");
            }
            payload.set(key, value(word.substring(equals + 1)));
        }
        return payload;
    }

    private static JsonNode value(String text) {
        try {
            JsonNode json = LanesApi.JSON.readTree(text);
            return json.isMissingNode() ? TextNode.valueOf(text) : json;
        } catch (JsonProcessingException notJson) {
            return TextNode.valueOf(text);
        }
    }
}
