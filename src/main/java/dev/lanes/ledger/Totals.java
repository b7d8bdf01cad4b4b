package dev.lanes.ledger;

import dev.lanes.task.TaskState;

/** The counters that are kept across restarts. */
final class Totals {
    long published;
    long succeeded;
    long dead;
    long cancelled;
    long duplicates;

    Summary summary() {
        return new Summary(published, succeeded, dead, cancelled, published - succeeded - dead - cancelled, duplicates);
    }

    void restore(Summary summary) {
        published = summary.published();
        succeeded = summary.succeeded();
        dead = summary.dead();
        cancelled = summary.cancelled();
        duplicates = summary.duplicates();
    }

    void count(TaskState state) {
        switch (state) {
            case SUCCEEDED -> succeeded++;
            case DEAD -> dead++;
            case CANCELLED -> cancelled++;
            case SCHEDULED, QUEUED, RUNNING, RETRYING -> throw new IllegalArgumentException(state + " is no end");
        }
    }
}
