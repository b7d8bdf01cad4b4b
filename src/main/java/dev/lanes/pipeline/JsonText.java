package dev.lanes.pipeline;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.lanes.task.RawJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Writes the JSON object of a record, a field at a time. A generator of Jackson's takes several times as long for so
 * small an object, and each task needs one.
 */
final class JsonText {
    private static final int USUAL_LENGTH = 512;

    private final StringBuilder text = new StringBuilder(USUAL_LENGTH).append('{');

    /** A field whose value may hold anything; none when the value is null. */
    JsonText text(String name, @Nullable String value) {
        if (value != null) {
            name(name).append('"');
            JsonStringEncoder.getInstance().quoteAsString(value, text);
            text.append('"');
        }
        return this;
    }

    /** A field whose value holds nothing that JSON would escape. */
    JsonText word(String name, String value) {
        name(name).append('"').append(value).append('"');
        return this;
    }

    /** A field with a time in UTC; none when that is null. */
    JsonText time(String name, @Nullable Instant value) {
        if (value != null) {
            name(name).append('"');
            UtcTime.append(text, value);
            text.append('"');
        }
        return this;
    }

    JsonText number(String name, long value) {
        name(name).append(value);
        return this;
    }

    JsonText flag(String name, boolean value) {
        name(name).append(value);
        return this;
    }

    /** A field with a value that is JSON; none when that is null. */
    JsonText json(String name, @Nullable RawJson value) {
        if (value != null) {
            name(name).append(value);
        }
        return this;
    }

    private StringBuilder name(String name) {
        if (text.length() > 1) {
            text.append(',');
        }
        return text.append('"').append(name).append("\":");
    }

    /** The whole object, in UTF-8. */
    byte[] bytes() {
        return text.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }
}
