package dev.lanes.race.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RowTest {
    private static final Fault FAULT = new KilledBrokerFault();
    private static final Tally ALL_WELL = Tally.of(Map.of(), List.of(), new Totals(0, 0, 0, 0, 0, 0), false);

    @Test
    void is_good_when_nothing_is_wrong() {
        assertThat(Row.of(FAULT, "thread", ALL_WELL, null).good()).isTrue();
    }

    @Test
    void is_not_good_when_the_fault_could_have_been_inflicted_and_was_not() {
        Row row = Row.missed(FAULT, "thread", "all tasks had ended before");

        assertThat(row.good()).isFalse();
        assertThat(row.notRun()).isEqualTo("all tasks had ended before");
        assertThat(row.problems()).containsExactly("not inflicted: all tasks had ended before");
    }

    @Test
    void is_good_where_the_machine_does_not_allow_the_fault() {
        assertThat(Row.notRun(FAULT, "all", "takes root").good()).isTrue();
    }
}
