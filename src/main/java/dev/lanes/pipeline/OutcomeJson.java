package dev.lanes.pipeline;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dev.lanes.task.Attempt;
import dev.lanes.task.LaneName;
import dev.lanes.task.Outcome;
import dev.lanes.task.Place;
import dev.lanes.task.RawJson;
import dev.lanes.task.TaskId;
import dev.lanes.task.TaskState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The JSON of the records of {@code lanes.outcomes}. */
public final class OutcomeJson {
    private static final JsonFactory JSON = new JsonFactory();

    private OutcomeJson() {}

    static byte[] write(OutcomeRecord outcome) {
        RawJson result = outcome.result();
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(512 + (result == null ? 0 : result.length()));
                JsonGenerator json = JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
            json.writeStartObject();
            json.writeStringField("id", outcome.id().toString());
            json.writeNumberField("generation", outcome.generation());
            json.writeStringField("type", outcome.type());
            json.writeStringField("state", outcome.state().name());
            json.writeStringField("submittedAt", outcome.submittedAt().toString());
            writeAttempt(json, outcome.attempt());
            if (result != null) {
                json.writeFieldName("result");
                json.writeRawValue(result.toString());
            }
            json.writeEndObject();
            json.flush();
            return bytes.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
    }

    private static void writeAttempt(JsonGenerator json, Attempt attempt) throws IOException {
        json.writeNumberField("attempt", attempt.number());
        json.writeStringField("lane", attempt.lane().toString());
        json.writeStringField("host", attempt.place().host());
        json.writeNumberField("pid", attempt.place().pid());
        json.writeStringField("thread", attempt.place().thread());
        json.writeBooleanField("virtualThread", attempt.place().virtualThread());
        json.writeStringField("startedAt", attempt.startedAt().toString());
        if (attempt.finishedAt() != null) {
            json.writeStringField("finishedAt", attempt.finishedAt().toString());
        }
        if (attempt.outcome() != null) {
            json.writeStringField("outcome", attempt.outcome().name());
        }
        if (attempt.error() != null) {
            json.writeStringField("error", attempt.error());
        }
    }

    /**
     * Reads a record's value.
     *
     * @throws Malformed when it was not written by {@link #write}
     */
    public static OutcomeRecord read(byte @Nullable [] value) throws Malformed {
        if (value == null) {
            throw new Malformed("", "the record has no value");
        }
        try (JsonParser json = JSON.createParser(value)) {
            return new Reader(value).read(json);
        } catch (IOException | RuntimeException foreign) {
            throw new Malformed("", "is no outcome: " + foreign.getMessage());
        }
    }

    /** The fields as they come. */
    private static final class Reader {
        private final byte[] value;
        private @Nullable TaskId id;
        private int generation = 1;
        private String type = "";
        private @Nullable TaskState state;
        private Instant submittedAt = Instant.EPOCH;
        private int attempt = 1;
        private @Nullable LaneName lane;
        private String host = "";
        private long pid;
        private String thread = "";
        private boolean virtualThread;
        private Instant startedAt = Instant.EPOCH;
        private @Nullable Instant finishedAt;
        private @Nullable Outcome outcome;
        private @Nullable String error;
        private @Nullable RawJson result;

        Reader(byte[] value) {
            this.value = value;
        }

        OutcomeRecord read(JsonParser json) throws IOException, Malformed {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                take(name, json);
            }
            if (id == null || state == null || lane == null) {
                throw new Malformed("", "id, state and lane must be there");
            }
            Attempt ended = new Attempt(
                    attempt, lane, new Place(host, pid, thread, virtualThread), startedAt, finishedAt, outcome, error);
            return new OutcomeRecord(id, generation, type, state, submittedAt, ended, result);
        }

        private void take(String name, JsonParser json) throws IOException {
            switch (name) {
                case "id" -> id = TaskId.parse(json.getText()).orElse(null);
                case "generation" -> generation = json.getIntValue();
                case "type" -> type = json.getText();
                case "state" -> state = TaskState.valueOf(json.getText());
                case "submittedAt" -> submittedAt = Instant.parse(json.getText());
                case "attempt" -> attempt = json.getIntValue();
                case "lane" -> lane = LaneName.parse(json.getText()).orElse(null);
                case "host" -> host = json.getText();
                case "pid" -> pid = json.getLongValue();
                case "thread" -> thread = json.getText();
                case "virtualThread" -> virtualThread = json.getBooleanValue();
                case "startedAt" -> startedAt = Instant.parse(json.getText());
                case "finishedAt" -> finishedAt = Instant.parse(json.getText());
                case "outcome" -> outcome = Outcome.valueOf(json.getText());
                case "error" -> error = json.getText();
                case "result" -> {
                    int start = (int) json.currentTokenLocation().getByteOffset();
                    json.skipChildren();
                    json.finishToken();
                    int end = (int) json.currentLocation().getByteOffset();
                    result = new RawJson(value, start, end - start);
                }
                default -> json.skipChildren();
            }
        }
    }
}
