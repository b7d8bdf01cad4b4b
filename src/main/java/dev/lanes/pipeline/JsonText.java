package dev.lanes.pipeline;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.lanes.task.RawJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes the JSON object of a record in UTF-8, a field at a time. A generator of Jackson's takes several times as long
 * for so small an object, and each task needs some.
 */
final class JsonText {
    private static final int USUAL_LENGTH = 512;
    private static final int FIRST_BEYOND_ASCII = 0x7f;

    private byte[] bytes = new byte[USUAL_LENGTH];
    private int length;

    JsonText() {
        put('{');
    }

    /** A field whose value may hold anything; none when the value is null. */
    JsonText text(String name, @Nullable String value) {
        if (value != null) {
            name(name).put('"');
            if (!plain(value)) {
                // Not by Jackson's way into UTF-8, which fails at half of a character, as where an error was cut.
                char[] quoted = JsonStringEncoder.getInstance().quoteAsString(value);
                put(new String(quoted).getBytes(StandardCharsets.UTF_8));
            }
            put('"');
        }
        return this;
    }

    /** A field whose value holds nothing that JSON would escape, and nothing beyond ASCII. */
    JsonText word(String name, String value) {
        name(name).put('"');
        ascii(value);
        return put('"');
    }

    /** A field with a time in UTC; none when that is null. */
    JsonText time(String name, @Nullable Instant value) {
        if (value != null) {
            name(name).put('"');
            room(UtcTime.MAX_LENGTH);
            length = UtcTime.write(value, bytes, length);
            put('"');
        }
        return this;
    }

    JsonText number(String name, long value) {
        return name(name).ascii(Long.toString(value));
    }

    JsonText flag(String name, boolean value) {
        return name(name).ascii(value ? "true" : "false");
    }

    /** A field with a value that is JSON; none when that is null. */
    JsonText json(String name, @Nullable RawJson value) {
        if (value != null) {
            name(name);
            room(value.length());
            System.arraycopy(value.bytes(), value.offset(), bytes, length, value.length());
            length += value.length();
        }
        return this;
    }

    /** The whole object. */
    byte[] bytes() {
        put('}');
        return Arrays.copyOf(bytes, length);
    }

    private JsonText name(String name) {
        if (length > 1) {
            put(',');
        }
        put('"');
        ascii(name);
        return put('"').put(':');
    }

    /** Writes a text as it is if nothing of it needs to be escaped or encoded; else nothing. */
    private boolean plain(String text) {
        room(text.length());
        int end = length;
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character < ' ' || character >= FIRST_BEYOND_ASCII || character == '"' || character == '\\') {
                return false;
            }
            bytes[end++] = (byte) character;
        }
        length = end;
        return true;
    }

    private JsonText ascii(String text) {
        room(text.length());
        for (int at = 0; at < text.length(); at++) {
            bytes[length + at] = (byte) text.charAt(at);
        }
        length += text.length();
        return this;
    }

    private JsonText put(char character) {
        room(1);
        bytes[length++] = (byte) character;
        return this;
    }

    private void put(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
