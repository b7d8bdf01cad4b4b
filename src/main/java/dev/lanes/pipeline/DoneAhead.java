package dev.lanes.pipeline;

import java.util.BitSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What has been done of a partition beyond the offset that is committed, as one task behind it takes longer, and with
 * which attempts those go on whose keys are held for them. It is committed with the offset, as text:
 * {@code 0x2,3-17,20-20} are offsets from the committed one on, the first of a task that goes on with attempt 2, the
 * others of what is done.
 *
 * @param offsets what is done, counted from {@code base}
 * @param attempts by offset, not counted from there
 */
record DoneAhead(long base, BitSet offsets, SortedMap<Long, Integer> attempts) {
    /** Kafka takes 4096 bytes with an offset by default ({@code offset.metadata.max.bytes}). */
    private static final int LONGEST_TEXT = 4000;

    private static final int LONGEST_TEXT_OF_ATTEMPTS = LONGEST_TEXT / 2;

    private static final int FARTHEST = 1 << 24;
    private static final int MOST_DIGITS = 8;
    private static final Pattern PART =
            Pattern.compile("(\\d{1," + MOST_DIGITS + "})([-x])(\\d{1," + MOST_DIGITS + "})");

    /** What has been committed for a partition; nothing when that is no text of ours, or nothing was. */
    static DoneAhead read(@Nullable OffsetAndMetadata committed) {
        BitSet offsets = new BitSet();
        SortedMap<Long, Integer> attempts = new TreeMap<>();
        if (committed == null) {
            return new DoneAhead(0, offsets, attempts);
        }
        for (Matcher part = PART.matcher(committed.metadata()); part.find(); ) {
            int first = Integer.parseInt(part.group(1));
            int second = Integer.parseInt(part.group(3));
            if (part.group(2).equals("x")) {
                attempts.put(committed.offset() + first, second);
            } else if (first <= second && second < FARTHEST) {
                offsets.set(first, second + 1);
            }
        }
        return new DoneAhead(committed.offset(), offsets, attempts);
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
        for (var attempt : attempts.entrySet()) {
            if (text.length() < LONGEST_TEXT_OF_ATTEMPTS) {
                add(text, attempt.getKey() - base, 'x', attempt.getValue());
            }
        }
        for (int first = offsets.nextSetBit(0); first >= 0 && text.length() < LONGEST_TEXT; ) {
            int end = offsets.nextClearBit(first);
            add(text, first, '-', end - 1);
            first = offsets.nextSetBit(end);
        }
        return new OffsetAndMetadata(base, text.toString());
    }

    private static void add(StringBuilder text, long first, char between, int second) {
        text.append(text.isEmpty() ? "" : ",").append(first).append(between).append(second);
    }
}
