package dev.lanes.api;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The lines of a stream, one at a time, of which none takes more memory than the longest that is allowed. */
final class Lines {
    private static final int CHUNK_BYTES = 64 * 1024;

    private final InputStream in;
    private final int maxBytes;
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private int chunkStart;
    private int chunkEnd;

    private byte[] line = new byte[1024];
    private int length;
    private long number;
    private boolean tooLong;
    private boolean terminated;
    private boolean ended;

    Lines(InputStream in, int maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /**
     * Goes to the next line; false at the end of the stream.
     *
     * @throws IOException when the stream breaks off
     */
    boolean next() throws IOException {
        // What is kept of a line lives on in records that may still be on their way, so each gets its own memory.
        line = new byte[Math.max(256, Math.min(length + 64, maxBytes))];
        length = 0;
        number++;
        tooLong = false;
        terminated = false;
        while (!terminated) {
            if (chunkStart == chunkEnd && !fill()) {
                break;
            }
            takeFromChunk();
        }
        return terminated || length > 0 || tooLong;
    }

    private boolean fill() throws IOException {
        int read = in.read(chunk);
        chunkStart = 0;
        chunkEnd = Math.max(0, read);
        ended = read < 0;
        return !ended;
    }

    private void takeFromChunk() {
        int end = chunkStart;
        while (end < chunkEnd && chunk[end] != '\n') {
            end++;
        }
        keep(chunkStart, end - chunkStart);
        terminated = end < chunkEnd;
        chunkStart = terminated ? end + 1 : end;
    }

    private void keep(int from, int count) {
        if (tooLong || length + count > maxBytes) {
            tooLong = true;
            return;
        }
        if (length + count > line.length) {
            line = Arrays.copyOf(line, Math.min(maxBytes, Math.max(line.length * 2, length + count)));
        }
        System.arraycopy(chunk, from, line, length, count);
        length += count;
    }

    byte[] bytes() {
        return line;
    }

    int length() {
        return length;
    }

    /** The line's number, from 1; that of the line in which the stream broke off, where it did. */
    long number() {
        return number;
    }

    boolean tooLong() {
        return tooLong;
    }

    /** Whether the line ended with a line feed. */
    boolean terminated() {
        return terminated;
    }

    /** Whether nothing follows. */
    boolean last() {
        return ended;
    }

    boolean blank() {
        for (int at = 0; at < length; at++) {
            if (line[at] > ' ' || line[at] < 0) {
                return false;
            }
        }
        return !tooLong;
    }
}
