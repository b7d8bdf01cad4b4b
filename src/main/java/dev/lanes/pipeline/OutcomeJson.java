package dev.lanes.pipeline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.lanes.task.Attempt;
import dev.lanes.task.LaneName;
import dev.lanes.task.Outcome;
import dev.lanes.task.Place;
import dev.lanes.task.RawJson;
import dev.lanes.task.TaskId;
import dev.lanes.task.TaskState;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The JSON of the records of {@code lanes.outcomes}. */
public final class OutcomeJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Words WORDS = new Words();
    /** Those that came last: many outcomes come from the same. For any thread, as they may be shared without care. */
    private static final @Nullable Place[] PLACES = new @Nullable Place[256];

    private OutcomeJson() {}

    static byte[] write(OutcomeRecord outcome) {
        Attempt attempt = outcome.attempt();
        Place place = attempt.place();
        JsonText json = new JsonText()
                .word("id", outcome.id().toString())
                .number("generation", outcome.generation())
                .text("type", outcome.type())
                .word("state", outcome.state().name())
                .time("submittedAt", outcome.submittedAt())
                .number("attempt", attempt.number())
                .word("lane", attempt.lane().toString())
                .text("host", place.host())
                .number("pid", place.pid())
                .text("thread", place.thread())
                .flag("virtualThread", place.virtualThread())
                .time("startedAt", attempt.startedAt())
                .time("finishedAt", attempt.finishedAt());
        Outcome ended = attempt.outcome();
        if (ended != null) {
            json.word("outcome", ended.name());
        }
        return json.text("error", attempt.error())
                .json("result", outcome.result())
                .bytes();
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

    private static Place place(String host, long pid, String thread, boolean virtualThread) {
        Place place = new Place(host, pid, thread, virtualThread);
        int slot = Math.floorMod(31 * thread.hashCode() + Long.hashCode(pid), PLACES.length);
        Place known = PLACES[slot];
        if (place.equals(known)) {
            return known;
        }
        PLACES[slot] = place;
        return place;
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
                    attempt, lane, place(host, pid, thread, virtualThread), startedAt, finishedAt, outcome, error);
            return new OutcomeRecord(id, generation, type, state, submittedAt, ended, result);
        }

        private void take(String name, JsonParser json) throws IOException {
            switch (name) {
                case "id" -> id = TaskId.parse(json.getText()).orElse(null);
                case "generation" -> generation = json.getIntValue();
                case "type" -> type = WORDS.of(json);
                case "state" -> state = TaskState.valueOf(json.getText());
                case "submittedAt" -> submittedAt = UtcTime.parse(json.getText());
                case "attempt" -> attempt = json.getIntValue();
                case "lane" -> lane = LaneName.parse(json.getText()).orElse(null);
                case "host" -> host = WORDS.of(json);
                case "pid" -> pid = json.getLongValue();
                case "thread" -> thread = WORDS.of(json);
                case "virtualThread" -> virtualThread = json.getBooleanValue();
                case "startedAt" -> startedAt = UtcTime.parse(json.getText());
                case "finishedAt" -> finishedAt = UtcTime.parse(json.getText());
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
