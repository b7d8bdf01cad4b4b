package dev.lanes.race.fault;

import com.fasterxml.jackson.databind.JsonNode;

/** The totals that a Lanes answers. */
record Totals(long published, long succeeded, long dead, long cancelled, long pending, long duplicates) {
    static Totals of(JsonNode summary) {
        return new Totals(
                summary.path("published").asLong(),
                summary.path("succeeded").asLong(),
                summary.path("dead").asLong(),
                summary.path("cancelled").asLong(),
                summary.path("pending").asLong(),
                summary.path("duplicates").asLong());
    }

    Totals minus(Totals before) {
        return new Totals(
                published - before.published,
                succeeded - before.succeeded,
                dead - before.dead,
                cancelled - before.cancelled,
                pending - before.pending,
                duplicates - before.duplicates);
    }

    long finished() {
        return succeeded + dead + cancelled;
    }

    boolean addUp() {
        return published == succeeded + dead + cancelled + pending;
    }
}
