package dev.lanes.race.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** That a ledger which says something else after a restart is found out. */
final class LedgerPrintTest {
    private static final Totals TOTALS = new Totals(2, 2, 0, 0, 0, 0);
    private static final UUID ONE = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);
    private static final LedgerPrint BEFORE = new LedgerPrint(TOTALS, Map.of(ONE, 1L, OTHER, 2L));

    @Test
    void finds_nothing_between_equal_ones() {
        assertThat(BEFORE.differences(new LedgerPrint(TOTALS, Map.of(OTHER, 2L, ONE, 1L)), "a restart"))
                .isEmpty();
    }

    @Test
    void names_a_task_of_which_the_ledger_tells_otherwise() {
        LedgerPrint later = new LedgerPrint(TOTALS, Map.of(ONE, 1L, OTHER, 3L));

        assertThat(BEFORE.differences(later, "a restart"))
                .containsExactly("after a restart the ledger tells otherwise of 1 tasks: " + OTHER);
    }

    @Test
    void names_a_task_that_it_has_forgotten() {
        assertThat(BEFORE.differences(new LedgerPrint(TOTALS, Map.of(ONE, 1L)), "a restart"))
                .containsExactly("after a restart the ledger tells otherwise of 1 tasks: " + OTHER);
    }

    @Test
    void finds_other_totals() {
        LedgerPrint later = new LedgerPrint(new Totals(2, 2, 0, 0, 0, 1), BEFORE.tasks());

        assertThat(BEFORE.differences(later, "a restart"))
                .hasSize(1)
                .first()
                .asString()
                .contains("duplicates=1");
    }

    @Test
    void tells_texts_apart() {
        assertThat(LedgerPrint.digest("{\"state\":\"SUCCEEDED\"}"))
                .isNotEqualTo(LedgerPrint.digest("{\"state\":\"DEAD\"}"));
    }
}
