package dev.lanes.race.cost;

import com.fasterxml.jackson.annotation.JsonValue;

/** What figures are given in. */
public enum Unit {
    TASKS_PER_SECOND("tasks/s", true),
    REQUESTS_PER_SECOND("requests/s", true),
    MILLISECONDS("ms", false),
    /** Of 1,000,000 bytes. */
    MEGABYTES("MB", false),
    BYTES("bytes", false);

    private final String words;
    private final boolean higherIsBetter;

    Unit(String words, boolean higherIsBetter) {
        this.words = words;
        this.higherIsBetter = higherIsBetter;
    }

    boolean higherIsBetter() {
        return higherIsBetter;
    }

    @Override
    @JsonValue
    public String toString() {
        return words;
    }
}
