package dev.lanes.cli;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.LongConsumer;

/** The same line many times, made while it is read: a batch of any size in the memory of one line. */
final class RepeatedLine extends InputStream {
    private final byte[] line;
    private final long count;
    private final LongConsumer progress;
    private long linesRead;
    private int position;

    /** @param progress is told, with every block that is read, how many whole lines have been */
    RepeatedLine(String text, long count, LongConsumer progress) {
        line = (text + "\n").getBytes(StandardCharsets.UTF_8);
        this.count = count;
        this.progress = progress;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (linesRead == count) {
            return -1;
        }
        int copied = 0;
        while (copied < length && linesRead < count) {
            copied += copySome(target, offset + copied, length - copied);
        }
        progress.accept(linesRead);
        return copied;
    }

    private int copySome(byte[] target, int offset, int length) {
        int some = Math.min(length, line.length - position);
        System.arraycopy(line, position, target, offset, some);
        position += some;
        if (position == line.length) {
            position = 0;
            linesRead++;
        }
        return some;
    }
}
