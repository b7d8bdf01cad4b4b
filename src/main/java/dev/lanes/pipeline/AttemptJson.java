package dev.lanes.pipeline;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lanes.task.Attempt;
import dev.lanes.task.LaneName;
import dev.lanes.task.Outcome;
import dev.lanes.task.Place;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An attempt as an object of its own, with the fields that REST tells too. */
final class AttemptJson {
    private AttemptJson() {}

    static void write(JsonGenerator json, Attempt attempt) throws IOException {
        json.writeStartObject();
        json.writeNumberField("number", attempt.number());
        json.writeStringField("lane", attempt.lane().toString());
        json.writeStringField("host", attempt.place().host());
        json.writeNumberField("pid", attempt.place().pid());
        json.writeStringField("thread", attempt.place().thread());
        json.writeBooleanField("virtualThread", attempt.place().virtualThread());
        json.writeStringField("startedAt", attempt.startedAt().toString());
        optional(json, "finishedAt", attempt.finishedAt());
        optional(json, "outcome", attempt.outcome());
        optional(json, "error", attempt.error());
        json.writeEndObject();
    }

    private static void optional(JsonGenerator json, String name, @Nullable Object value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value.toString());
        }
    }

    /** Reads it; a {@link RuntimeException} when it is none. */
    static Attempt read(JsonNode json) {
        return new Attempt(
                json.path("number").asInt(),
                LaneName.parse(json.path("lane").asText())
                        .orElseThrow(() -> new IllegalArgumentException("an attempt on no lane")),
                new Place(
                        json.path("host").asText(),
                        json.path("pid").asLong(),
                        json.path("thread").asText(),
                        json.path("virtualThread").asBoolean()),
                Instant.parse(json.path("startedAt").asText()),
                json.has("finishedAt") ? Instant.parse(json.get("finishedAt").asText()) : null,
                json.has("outcome") ? Outcome.valueOf(json.get("outcome").asText()) : null,
                json.has("error") ? json.get("error").asText() : null);
    }
}
