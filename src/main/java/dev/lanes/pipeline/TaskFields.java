package dev.lanes.pipeline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.lanes.task.LaneName;
import dev.lanes.task.Limits;
import dev.lanes.task.RawJson;
import dev.lanes.task.Task;
import dev.lanes.task.TaskId;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a task's JSON, read in one pass: what REST takes and what the records of {@code lanes.tasks.<lane>}
 * hold differ only in which fields may stand there. The payload is not decoded, only found.
 */
final class TaskFields {
    private static final JsonFactory JSON = JsonFactory.builder()
            // JSON is UTF-8 (RFC 8259, section 8.1); of any other encoding the parser could not say where a value lies.
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .build();
    /** What the parser says of where it began and of what it reads from. */
    private static final Pattern AROUND = Pattern.compile(" \\(start marker at .*?]\\)");

    private static final Words WORDS = new Words();

    private static final int MAX_NAME_CHARS = 100;
    private static final int MAX_KEY_CHARS = 1000;
    /** More than anybody redrives or tries a task. */
    private static final int MAX_GENERATION = 1_000_000;

    private static final int MAX_ATTEMPT = 1_000_000;
    /** A task that waits for longer is a mistake. */
    static final Duration MAX_DELAY = Duration.ofDays(366);

    /** Times beyond these are mistakes, and would overflow where times are counted in microseconds. */
    private static final Instant EARLIEST = Instant.EPOCH;

    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    /** The fields that there are. */
    enum Field {
        ID("id"),
        GENERATION("generation"),
        ATTEMPT("attempt"),
        TYPE("type"),
        LANE("lane"),
        KEY("key"),
        ORDERED("ordered"),
        BATCH("batch"),
        TIMEOUT("timeoutMs"),
        MAX_ATTEMPTS("maxAttempts"),
        DELAY("delayMs"),
        NOT_BEFORE("notBefore"),
        IDEMPOTENCY_KEY("idempotencyKey"),
        SUBMITTED_AT("submittedAt"),
        PAYLOAD("payload");

        private static final Map<String, Field> BY_TEXT =
                Arrays.stream(values()).collect(Collectors.toMap(field -> field.text, Function.identity()));

        final String text;

        Field(String text) {
            this.text = text;
        }

        int bit() {
            return 1 << ordinal();
        }
    }

    /** What a publisher may say over REST. */
    static final Set<Field> SUBMISSION = EnumSet.of(
            Field.TYPE,
            Field.LANE,
            Field.KEY,
            Field.ORDERED,
            Field.TIMEOUT,
            Field.MAX_ATTEMPTS,
            Field.DELAY,
            Field.NOT_BEFORE,
            Field.IDEMPOTENCY_KEY,
            Field.PAYLOAD);
    /** What a record of a task topic may hold. */
    static final Set<Field> RECORD = EnumSet.complementOf(EnumSet.of(Field.IDEMPOTENCY_KEY, Field.DELAY));

    @Nullable
    TaskId id;

    int generation = 1;
    int attempt = 1;

    @Nullable
    String type;

    @Nullable
    LaneName lane;

    @Nullable
    String key;

    boolean ordered = true;

    @Nullable
    String batch;

    @Nullable
    String idempotencyKey;

    @Nullable
    Duration timeout;

    @Nullable
    Integer maxAttempts;

    @Nullable
    Duration delay;

    @Nullable
    Instant notBefore;

    @Nullable
    Instant submittedAt;

    RawJson payload = RawJson.EMPTY;

    private TaskFields() {}

    /**
     * Reads one JSON object.
     *
     * @throws Malformed naming the field at fault
     */
    static TaskFields read(byte[] json, int offset, int length, Set<Field> allowed) throws Malformed {
        TaskFields fields = new TaskFields();
        String at = "";
        int seen = 0;
        try (JsonParser parser = JSON.createParser(json, offset, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new Malformed("", "must be a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                at = parser.currentName();
                Field field = field(at, allowed);
                if ((seen & field.bit()) != 0) {
                    throw new Malformed(at, "stands there twice");
                }
                seen |= field.bit();
                parser.nextToken();
                fields.take(field, parser, json, offset);
            }
            at = "";
            if (parser.nextToken() != null) {
                throw new Malformed("", "must be one JSON object with nothing behind it");
            }
        } catch (JsonProcessingException broken) {
            throw new Malformed(broken instanceof JsonParseException ? "" : at, "is not valid JSON: " + where(broken));
        } catch (IOException impossible) {
            throw new Malformed(at, "cannot be read: " + impossible.getMessage());
        }
        return fields;
    }

    Limits limits() {
        return timeout == null && maxAttempts == null ? Limits.DEFAULT : new Limits(timeout, maxAttempts);
    }

    private static String where(JsonProcessingException broken) {
        String message = AROUND.matcher(broken.getOriginalMessage()).replaceAll("");
        return broken.getLocation() == null
                ? message
                : message + " (line " + broken.getLocation().getLineNr() + ", column "
                        + broken.getLocation().getColumnNr() + ")";
    }

    private static Field field(String name, Set<Field> allowed) throws Malformed {
        Field known = Field.BY_TEXT.get(name);
        if (known != null && allowed.contains(known)) {
            return known;
        }
        throw new Malformed(
                name.substring(0, Math.min(name.length(), MAX_NAME_CHARS)),
                "unknown field; known are "
                        + allowed.stream().map(field -> field.text).collect(Collectors.joining(", ")));
    }

    private void take(Field field, JsonParser parser, byte[] json, int offset) throws IOException, Malformed {
        switch (field) {
            case ID -> id = TaskId.parse(text(field, parser, MAX_NAME_CHARS)).orElse(null);
            case GENERATION -> generation = (int) number(field, parser, 1, MAX_GENERATION);
            case ATTEMPT -> attempt = (int) number(field, parser, 1, MAX_ATTEMPT);
            case TYPE -> type = text(field, parser, MAX_NAME_CHARS);
            case LANE -> lane = lane(text(field, parser, MAX_NAME_CHARS));
            case KEY -> key = optional(field, parser, MAX_KEY_CHARS);
            case ORDERED -> ordered = truth(field, parser);
            case BATCH -> batch = optional(field, parser, MAX_NAME_CHARS);
            case IDEMPOTENCY_KEY -> idempotencyKey = optional(field, parser, MAX_KEY_CHARS);
            case TIMEOUT -> timeout = Duration.ofMillis(number(field, parser, 1, Limits.MAX_TIMEOUT.toMillis()));
            case MAX_ATTEMPTS -> maxAttempts = (int) number(field, parser, 1, Limits.MAX_ATTEMPTS);
            case DELAY -> delay = Duration.ofMillis(number(field, parser, 0, MAX_DELAY.toMillis()));
            case NOT_BEFORE -> notBefore = time(field, text(field, parser, MAX_NAME_CHARS));
            case SUBMITTED_AT -> submittedAt = time(field, text(field, parser, MAX_NAME_CHARS));
            case PAYLOAD -> payload = value(parser, json, offset);
        }
    }

    private static LaneName lane(String text) throws Malformed {
        Optional<LaneName> lane = LaneName.parse(text);
        if (lane.isEmpty()) {
            throw new Malformed(Field.LANE.text, "unknown lane; there are " + LaneName.all());
        }
        return lane.get();
    }

    private static Instant time(Field field, String text) throws Malformed {
        try {
            Instant time = UtcTime.parse(text);
            if (!time.isBefore(EARLIEST) && time.isBefore(LATEST)) {
                return time;
            }
        } catch (DateTimeException notATime) {
            // Said below, as for one out of bounds.
        }
        String latest = field == Field.NOT_BEFORE ? "at most " + MAX_DELAY.toDays() + " days ahead" : "before 2200";
        throw new Malformed(field.text, "must be a time like 2026-01-31T12:00:00Z, from 1970 on and " + latest);
    }

    private static @Nullable String optional(Field field, JsonParser parser, int maxChars)
            throws IOException, Malformed {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        String text = text(field, parser, maxChars);
        if (holdsHalfOfCharacter(text)) {
            // UTF-8 has no form for it: two such texts would become the same in Kafka.
            throw new Malformed(field.text, "holds half of a surrogate pair");
        }
        return text;
    }

    private static boolean holdsHalfOfCharacter(String text) {
        int at = 0;
        while (at < text.length()) {
            int codePoint = text.codePointAt(at);
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                return true;
            }
            at += Character.charCount(codePoint);
        }
        return false;
    }

    private static String text(Field field, JsonParser parser, int maxChars) throws IOException, Malformed {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new Malformed(field.text, "must be a string");
        }
        int length = parser.getTextLength();
        if (length == 0 || length > maxChars) {
            throw new Malformed(field.text, "must have 1 to " + maxChars + " characters");
        }
        return field == Field.TYPE || field == Field.BATCH ? WORDS.of(parser) : parser.getText();
    }

    private static boolean truth(Field field, JsonParser parser) throws IOException, Malformed {
        if (!parser.currentToken().isBoolean()) {
            throw new Malformed(field.text, "must be true or false");
        }
        return parser.getBooleanValue();
    }

    private static long number(Field field, JsonParser parser, long min, long max) throws IOException, Malformed {
        boolean whole = parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        if (!whole || parser.getLongValue() < min || parser.getLongValue() > max) {
            throw new Malformed(
                    field.text, String.format(Locale.ROOT, "must be a whole number from %d to %d", min, max));
        }
        return parser.getLongValue();
    }

    private static RawJson value(JsonParser parser, byte[] json, int offset) throws IOException, Malformed {
        int start = offset + (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int end = offset + (int) parser.currentLocation().getByteOffset();
        if (end - start > Task.MAX_PAYLOAD_BYTES) {
            throw Malformed.tooLarge(
                    Field.PAYLOAD.text, "is " + (end - start) + " bytes long; at most " + Task.MAX_PAYLOAD_BYTES);
        }
        return new RawJson(json, start, end - start);
    }
}
