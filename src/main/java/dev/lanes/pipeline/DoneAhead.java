package dev.lanes.pipeline;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What has been done of a partition beyond the offset that is committed, as one task behind it takes longer. It is
 * committed with the offset, as text: {@code 3-17,20-20} are offsets from the committed one on.
 *
 * @param offsets counted from {@code base}
 */
record DoneAhead(long base, BitSet offsets) {
    /** Kafka takes 4096 bytes with an offset by default ({@code offset.metadata.max.bytes}). */
    private static final int LONGEST_TEXT = 4000;

    private static final int FARTHEST = 1 << 24;
    private static final int MOST_DIGITS = 8;
    private static final Pattern RANGE = Pattern.compile("(\\d{1," + MOST_DIGITS + "})-(\\d{1," + MOST_DIGITS + "})");

    /** What has been committed for a partition; nothing when that is no text of ours, or nothing was. */
    static DoneAhead read(@Nullable OffsetAndMetadata committed) {
        BitSet offsets = new BitSet();
        if (committed == null) {
            return new DoneAhead(0, offsets);
        }
        for (Matcher range = RANGE.matcher(committed.metadata()); range.find(); ) {
            int first = Integer.parseInt(range.group(1));
            int last = Integer.parseInt(range.group(2));
            if (first <= last && last < FARTHEST) {
                offsets.set(first, last + 1);
            }
        }
        return new DoneAhead(committed.offset(), offsets);
    }

    boolean has(long offset) {
        long index = offset - base;
        return index >= 0 && index < FARTHEST && offsets.get((int) index);
    }

    /** Adds them to a set of offsets that counts from {@code position}. */
    void addTo(BitSet others, long position) {
        if (position >= base) {
            int passed = (int) Math.min(position - base, FARTHEST);
            others.or(offsets.get(passed, FARTHEST));
        }
    }

    /** With the offset to which it belongs; what would make the text too long is left out, and done twice if need be. */
    OffsetAndMetadata toCommit() {
        StringBuilder text = new StringBuilder();
        for (int first = offsets.nextSetBit(0); first >= 0 && text.length() < LONGEST_TEXT; ) {
            int end = offsets.nextClearBit(first);
            text.append(text.isEmpty() ? "" : ",").append(first).append('-').append(end - 1);
            first = offsets.nextSetBit(end);
        }
        return new OffsetAndMetadata(base, text.toString());
    }
}
