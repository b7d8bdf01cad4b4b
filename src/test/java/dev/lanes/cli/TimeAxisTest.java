package dev.lanes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeAxisTest {
    private final TimeAxis axis = new TimeAxis(4000, 8);

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "   0, 1000, \"##      \"",
                "1000, 2000, \"  ##    \"",
                "   0, 4000, \"########\"",
                "3500, 4000, \"       #\"",
            })
    void draws_a_task_where_and_as_long_as_it_ran(double start, double end, String bar) {
        assertThat(axis.bar(start, end)).isEqualTo(bar);
    }

    @Test
    void shows_even_the_shortest_task() {
        assertThat(axis.bar(2000, 2000.1)).isEqualTo("    #   ");
    }

    @Test
    void marks_a_task_that_goes_on_past_the_end() {
        assertThat(axis.bar(2000, 9000)).isEqualTo("    ###>");
    }

    @Test
    void keeps_a_task_that_starts_past_the_end_on_the_axis() {
        assertThat(axis.bar(8000, 9000)).isEqualTo("       >");
    }
}
