package dev.lanes.ledger;

import dev.lanes.task.Attempt;
import dev.lanes.task.LaneName;
import dev.lanes.task.Outcome;
import dev.lanes.task.Place;
import dev.lanes.task.TaskId;
import dev.lanes.task.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Entries packed into rows: of each some numbers, and references to what many of them share. What few entries have, such
 * as a key, an error or a second attempt, is kept beside it.
 */
final class EntryPage {
    static final int ROWS = 2048;

    /** What the numbers of a row are. */
    private static final int HIGH = 0;

    private static final int LOW = 1;
    private static final int SUBMITTED_MICROS = 2;
    private static final int FINISHED_MICROS = 3;
    private static final int RECORD_MILLIS = 4;
    private static final int TASK_AT = 5;
    private static final int OUTCOME_AT = 6;
    private static final int GENERATIONS = 7;
    private static final int FLAGS = 8;
    private static final int STARTED_NANOS = 9;
    private static final int ENDED_NANOS = 10;
    private static final int NUMBERS = 11;

    /** What the lowest bits of the flags are; the highest 32 are the number of the attempt. */
    private static final int STATE = 0;

    private static final int LANE = 4;
    private static final int ATTEMPT_LANE = 8;
    private static final int OUTCOME = 12;
    private static final long ENUM = 0xf;
    private static final long HAS_ATTEMPT = 1L << 16;
    private static final long PUBLISHED = 1L << 17;
    private static final long COUNTED_AS_PUBLISHED = 1L << 18;
    private static final long COUNTED = 1L << 19;

    /** Of an attempt that has not ended, or whose end nobody has said. */
    private static final long NO_TIME = Long.MIN_VALUE;

    private static final long NANOS = TimeUnit.SECONDS.toNanos(1);
    /** The times between which nanoseconds since 1970 fit a number. */
    private static final Instant EARLIEST = Instant.ofEpochSecond(-Long.MAX_VALUE / NANOS + 1);

    private static final Instant LATEST = Instant.ofEpochSecond(Long.MAX_VALUE / NANOS - 1);

    private static final TaskState[] STATES = TaskState.values();
    private static final LaneName[] LANES = LaneName.values();
    private static final Outcome[] OUTCOMES = Outcome.values();

    private final long[] numbers = new long[ROWS * NUMBERS];
    /** Null in a row that is free. */
    private final @Nullable String[] types = new @Nullable String[ROWS];

    private final @Nullable String[] batches = new @Nullable String[ROWS];
    private final @Nullable Place[] places = new @Nullable Place[ROWS];
    private final @Nullable Rest[] rests = new @Nullable Rest[ROWS];

    /** The rows from here on have never been taken; of those before, these are free again. */
    private int taken;

    private final short[] freed = new short[ROWS];
    private int freedCount;

    /**
     * What few entries have.
     *
     * @param attempts null where there is at most one, and that packed
     */
    private record Rest(
            @Nullable String key,
            long notBeforeMicros,
            long scheduledAt,
            @Nullable List<Attempt> attempts,
            List<Attempt> earlier,
            int endsToCome) {
        static final Rest NONE = new Rest(null, 0, Entry.NOWHERE, null, List.of(), 0);

        static Rest of(Entry entry, boolean packed) {
            boolean none = packed
                    && entry.key == null
                    && entry.notBeforeMicros == 0
                    && entry.scheduledAt == Entry.NOWHERE
                    && entry.earlier.isEmpty()
                    && entry.endsToCome == 0;
            return none
                    ? NONE
                    : new Rest(
                            entry.key,
                            entry.notBeforeMicros,
                            entry.scheduledAt,
                            packed ? null : entry.attempts,
                            entry.earlier,
                            entry.endsToCome);
        }
    }

    /** Takes a row that is free; not to be called when none is. */
    int takeRow() {
        return freedCount > 0 ? freed[--freedCount] : taken++;
    }

    boolean isFull() {
        return freedCount == 0 && taken == ROWS;
    }

    boolean isEmpty() {
        return freedCount == taken;
    }

    boolean isFree(int row) {
        return types[row] == null;
    }

    void free(int row) {
        types[row] = null;
        batches[row] = null;
        places[row] = null;
        rests[row] = null;
        freed[freedCount++] = (short) row;
    }

    long high(int row) {
        return numbers[row * NUMBERS + HIGH];
    }

    long low(int row) {
        return numbers[row * NUMBERS + LOW];
    }

    void put(int row, Entry entry) {
        int at = row * NUMBERS;
        numbers[at + HIGH] = entry.id.high();
        numbers[at + LOW] = entry.id.low();
        numbers[at + SUBMITTED_MICROS] = entry.submittedMicros;
        numbers[at + FINISHED_MICROS] = entry.finishedMicros;
        numbers[at + RECORD_MILLIS] = entry.recordMillis;
        numbers[at + TASK_AT] = entry.taskAt;
        numbers[at + OUTCOME_AT] = entry.outcomeAt;
        numbers[at + GENERATIONS] = (long) entry.generation << 32 | Integer.toUnsignedLong(entry.taskGeneration);
        long flags = (long) entry.state.ordinal() << STATE
                | (long) entry.lane.ordinal() << LANE
                | (entry.published ? PUBLISHED : 0)
                | (entry.countedAsPublished ? COUNTED_AS_PUBLISHED : 0)
                | (entry.counted ? COUNTED : 0);
        boolean packs = packs(entry.attempts);
        Attempt only = packs && !entry.attempts.isEmpty() ? entry.attempts.getFirst() : null;
        if (only != null) {
            flags |= HAS_ATTEMPT
                    | (long) only.lane().ordinal() << ATTEMPT_LANE
                    | (only.outcome() == null ? ENUM : only.outcome().ordinal()) << OUTCOME
                    | (long) only.number() << 32;
            numbers[at + STARTED_NANOS] = nanos(only.startedAt());
            numbers[at + ENDED_NANOS] = only.finishedAt() == null ? NO_TIME : nanos(only.finishedAt());
        }
        numbers[at + FLAGS] = flags;
        set(types, row, entry.type);
        set(batches, row, entry.batch);
        set(places, row, only == null ? null : only.place());
        set(rests, row, Rest.of(entry, packs));
    }

    /** Not what is there already: collectors take note of each reference that is written. */
    private static <T> void set(@Nullable T[] column, int row, @Nullable T value) {
        if (column[row] != value) {
            column[row] = value;
        }
    }

    private static boolean packs(List<Attempt> attempts) {
        if (attempts.isEmpty()) {
            return true;
        }
        Attempt first = attempts.getFirst();
        return attempts.size() == 1
                && first.error() == null
                && packs(first.startedAt())
                && (first.finishedAt() == null || packs(first.finishedAt()));
    }

    private static boolean packs(Instant time) {
        return time.isAfter(EARLIEST) && time.isBefore(LATEST);
    }

    private static long nanos(Instant time) {
        return time.getEpochSecond() * NANOS + time.getNano();
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }

    /** A copy of the entry in a row that is not free. */
    Entry get(int row) {
        int at = row * NUMBERS;
        long flags = numbers[at + FLAGS];
        Entry entry = new Entry(
                new TaskId(high(row), low(row)), String.valueOf(types[row]), LANES[(int) (flags >>> LANE & ENUM)]);
        entry.batch = batches[row];
        entry.state = STATES[(int) (flags >>> STATE & ENUM)];
        entry.submittedMicros = numbers[at + SUBMITTED_MICROS];
        entry.finishedMicros = numbers[at + FINISHED_MICROS];
        entry.generation = (int) (numbers[at + GENERATIONS] >>> 32);
        entry.taskGeneration = (int) numbers[at + GENERATIONS];
        entry.published = (flags & PUBLISHED) != 0;
        entry.countedAsPublished = (flags & COUNTED_AS_PUBLISHED) != 0;
        entry.counted = (flags & COUNTED) != 0;
        entry.recordMillis = numbers[at + RECORD_MILLIS];
        entry.taskAt = numbers[at + TASK_AT];
        entry.outcomeAt = numbers[at + OUTCOME_AT];
        Rest rest = rests[row] == null ? Rest.NONE : rests[row];
        entry.key = rest.key();
        entry.notBeforeMicros = rest.notBeforeMicros();
        entry.scheduledAt = rest.scheduledAt();
        entry.earlier = rest.earlier();
        entry.endsToCome = rest.endsToCome();
        Place place = places[row];
        if (rest.attempts() != null) {
            entry.attempts = rest.attempts();
        } else if (place != null && (flags & HAS_ATTEMPT) != 0) {
            entry.attempts = List.of(attempt(at, flags, place));
        }
        return entry;
    }

    private Attempt attempt(int at, long flags, Place place) {
        long outcome = flags >>> OUTCOME & ENUM;
        long ended = numbers[at + ENDED_NANOS];
        return new Attempt(
                (int) (flags >>> 32),
                LANES[(int) (flags >>> ATTEMPT_LANE & ENUM)],
                place,
                instant(numbers[at + STARTED_NANOS]),
                ended == NO_TIME ? null : instant(ended),
                outcome == ENUM ? null : OUTCOMES[(int) outcome],
                null);
    }
}
