package dev.lanes.task;

import java.nio.charset.StandardCharsets;

/**
 * A JSON value as the bytes it arrived in, so that nothing is decoded before somebody needs it.
 *
 * @param bytes holds the value from {@code offset} on, {@code length} bytes of UTF-8; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // a view of a record's bytes, compared by nobody
public record RawJson(byte[] bytes, int offset, int length) {
    /** The value {@code {}}. */
    public static final RawJson EMPTY = of("{}");

    public static RawJson of(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return new RawJson(bytes, 0, bytes.length);
    }

    @Override
    public String toString() {
        return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }
}
