package dev.lanes.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.lanes.ledger.Ledger;
import dev.lanes.ledger.Summary;

/**
 * The totals, as REST tells them.
 *
 * @param restoring whether the ledger still reads what Kafka held when it started, so that the totals are behind
 */
public record Totals(@JsonUnwrapped Summary summary, boolean restoring) {
    static Totals of(Ledger ledger) {
        return new Totals(ledger.summary(), !ledger.restored());
    }
}
