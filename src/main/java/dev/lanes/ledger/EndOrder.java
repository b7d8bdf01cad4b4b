package dev.lanes.ledger;

import dev.lanes.task.TaskId;
import java.util.Arrays;

/**
 * The ends of tasks, of which the earliest can be taken; of those at the same time, that of the smallest id. A binary
 * heap of numbers, as objects for hundreds of thousands of them would be work for the garbage collector. Not
 * thread-safe.
 *
 * @see java.util.PriorityQueue
 */
final class EndOrder {
    private static final int FIRST_ROOM = 1024;

    private long[] micros = new long[FIRST_ROOM];
    private long[] highs = new long[FIRST_ROOM];
    private long[] lows = new long[FIRST_ROOM];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    void clear() {
        size = 0;
    }

    /**
     * @param finishedMicros when the task ended, in microseconds since 1970
     */
    void add(long finishedMicros, TaskId id) {
        if (size == micros.length) {
            micros = Arrays.copyOf(micros, 2 * size);
            highs = Arrays.copyOf(highs, 2 * size);
            lows = Arrays.copyOf(lows, 2 * size);
        }
        int at = size++;
        while (at > 0 && isBefore(finishedMicros, id.high(), id.low(), (at - 1) / 2)) {
            move((at - 1) / 2, at);
            at = (at - 1) / 2;
        }
        set(at, finishedMicros, id.high(), id.low());
    }

    /** When the earliest was. */
    long earliestMicros() {
        return micros[0];
    }

    /** Takes the earliest. */
    TaskId remove() {
        TaskId earliest = new TaskId(highs[0], lows[0]);
        int last = --size;
        int at = 0;
        for (int child = 1; child < last; child = 2 * at + 1) {
            if (child + 1 < last && isBefore(micros[child + 1], highs[child + 1], lows[child + 1], child)) {
                child++;
            }
            if (!isBefore(micros[child], highs[child], lows[child], last)) {
                break;
            }
            move(child, at);
            at = child;
        }
        move(last, at);
        return earliest;
    }

    private boolean isBefore(long finishedMicros, long high, long low, int other) {
        if (finishedMicros != micros[other]) {
            return finishedMicros < micros[other];
        }
        int byHigh = Long.compareUnsigned(high, highs[other]);
        return byHigh != 0 ? byHigh < 0 : Long.compareUnsigned(low, lows[other]) < 0;
    }

    private void move(int from, int to) {
        set(to, micros[from], highs[from], lows[from]);
    }

    private void set(int at, long finishedMicros, long high, long low) {
        micros[at] = finishedMicros;
        highs[at] = high;
        lows[at] = low;
    }
}
