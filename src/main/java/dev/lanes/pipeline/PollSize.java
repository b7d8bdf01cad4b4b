package dev.lanes.pipeline;

import java.time.Duration;

/**
 * How many tasks a member of a share group takes with one poll. One at a time, any free member takes the next task; but
 * each costs a request to Kafka, which is long beside quick tasks. So it takes as many as it runs within a time for
 * which a task may well wait. There are a few sizes only, as each needs a consumer of its own.
 */
enum PollSize {
    ONE(1),
    FEW(5),
    SOME(20),
    MANY(50),
    MOST(500);

    /** For how long the last task of a poll may wait for those before it. */
    private static final Duration MAX_WAIT = Duration.ofMillis(50);

    private final int records;

    PollSize(int records) {
        this.records = records;
    }

    /** The most tasks that a poll gives. */
    int records() {
        return records;
    }

    /**
     * The size for tasks that usually run for so long: a larger one where it is well suited, a smaller one where this is
     * not at all. In between it stays, lest it goes to and fro.
     */
    PollSize next(Duration usualRun) {
        PollSize next = this;
        while (next.lastWaits(usualRun).compareTo(MAX_WAIT.multipliedBy(2)) > 0) {
            next = values()[next.ordinal() - 1];
        }
        return next == this ? largest(usualRun) : next;
    }

    /** Whether a second poll of the most tasks may wait for those of the first, when they usually run for so long. */
    static boolean suitsTwo(Duration usualRun) {
        return MOST.lastWaits(usualRun).compareTo(MAX_WAIT.dividedBy(2)) <= 0;
    }

    private PollSize largest(Duration usualRun) {
        PollSize largest = this;
        for (PollSize size : values()) {
            if (size.records > records && size.lastWaits(usualRun).compareTo(MAX_WAIT) <= 0) {
                largest = size;
            }
        }
        return largest;
    }

    private Duration lastWaits(Duration usualRun) {
        return usualRun.multipliedBy(records - 1L);
    }
}
