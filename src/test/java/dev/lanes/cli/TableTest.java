package dev.lanes.cli;

import static dev.lanes.cli.Table.Column.figure;
import static dev.lanes.cli.Table.Column.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void makes_columns_as_wide_as_their_widest_cell_and_sets_figures_to_the_right() {
        Table table = new Table(text("lane"), figure("lag"), text("state"));

        table.add("sequential", "7", "up").add("thread", "12,345", "paused");

        assertThat(table.lines())
                .containsExactly(
                        "lane           lag  state", //
                        "sequential       7  up",
                        "thread      12,345  paused");
    }

    @Test
    void keeps_a_note_out_of_the_columns() {
        Table table = new Table(text("lane"), figure("s"));

        table.addWithNote("One after the other.", "thread", "3.0");

        assertThat(table.lines()).containsExactly("lane      s", "thread  3.0", "    One after the other.");
    }

    @Test
    void shows_its_titles_when_it_has_no_rows() {
        assertThat(new Table(text("lane"), figure("s")).lines()).containsExactly("lane  s");
    }

    @Test
    void refuses_a_row_of_another_length() {
        assertThatThrownBy(() -> new Table(text("lane")).add("a", "b")).hasMessage("2 cells for 1 columns");
    }
}
