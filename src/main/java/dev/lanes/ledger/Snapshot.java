package dev.lanes.ledger;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Map;

/**
 * A record of {@code lanes.ledger}: the totals, so that a restart need not read for ever.
 *
 * @param covers the offset of the next record that the totals do not cover, by {@code topic-partition}
 * @param sinceMillis when Kafka got the oldest task that was held: reading from there on restores the window
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Snapshot(Summary totals, Map<String, Long> covers, long sinceMillis, boolean dropped) {
    static final String KEY = "totals";
}
