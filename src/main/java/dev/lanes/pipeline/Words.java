package dev.lanes.pipeline;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Texts that many records hold, such as types and names of threads: read without making a copy of each time after time.
 * Those that come seldom drive each other out. For any thread, as strings may be shared without care.
 */
final class Words {
    private static final int SLOTS = 1024;

    private final @Nullable String[] slots = new @Nullable String[SLOTS];

    /** The string that the parser stands at. */
    String of(JsonParser json) throws IOException {
        char[] text = json.getTextCharacters();
        int offset = json.getTextOffset();
        int length = json.getTextLength();
        int hash = length;
        for (int at = offset; at < offset + length; at++) {
            hash = 31 * hash + text[at];
        }
        int slot = (hash ^ hash >>> 16) & SLOTS - 1;
        String known = slots[slot];
        if (known != null && same(known, text, offset, length)) {
            return known;
        }
        String word = new String(text, offset, length);
        slots[slot] = word;
        return word;
    }

    private static boolean same(String known, char[] text, int offset, int length) {
        if (known.length() != length) {
            return false;
        }
        for (int at = 0; at < length; at++) {
            if (known.charAt(at) != text[offset + at]) {
                return false;
            }
        }
        return true;
    }
}
