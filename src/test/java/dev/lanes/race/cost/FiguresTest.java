package dev.lanes.race.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.race.RaceReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {
    private final Figures figures = new Figures();

    @Test
    void gives_the_median_of_the_rounds_and_their_spread() {
        List.of(30.0, 10.0, 20.0).forEach(value -> figures.add("one", Unit.MILLISECONDS, value));

        assertThat(figures.rows())
                .containsExactly(new Row(
                        "one",
                        Unit.MILLISECONDS,
                        false,
                        new RaceReport.Spread(20, 10, 30),
                        List.of(30.0, 10.0, 20.0),
                        null));
        assertThat(figures.delivered()).isTrue();
    }

    @Test
    void shows_no_figure_of_what_has_not_all_arrived_and_says_why() {
        figures.add("one", Unit.TASKS_PER_SECOND, 10);

        figures.undelivered("one", Unit.TASKS_PER_SECOND, "one is missing");

        assertThat(figures.rows())
                .containsExactly(new Row("one", Unit.TASKS_PER_SECOND, true, null, List.of(), "one is missing"));
        assertThat(figures.delivered()).isFalse();
    }

    @Test
    void compares_medians_and_rounds_with_a_target() {
        List.of(4.0, 6.0, 8.0).forEach(value -> figures.add("one", Unit.TASKS_PER_SECOND, value));
        List.of(10.0, 10.0, 20.0).forEach(value -> figures.add("other", Unit.TASKS_PER_SECOND, value));

        assertThat(Target.ratioAtLeast("ratio", figures.series("one"), figures.series("other"), 0.5))
                .isEqualTo(new Target("ratio", 0.6, "", List.of(0.4, 0.6, 0.4), "at least 0.50", true));
        assertThat(Target.atMost("one", figures.series("one"), 5, Unit.MEGABYTES))
                .isEqualTo(new Target("one", 6.0, "MB", List.of(4.0, 6.0, 8.0), "at most 5 MB", false));
    }

    @Test
    void leaves_open_whether_a_target_is_met_by_what_was_not_measured() {
        figures.add("one", Unit.TASKS_PER_SECOND, 1);
        figures.none("other", Unit.TASKS_PER_SECOND, "there is none here");

        assertThat(Target.ratioAtMost("ratio", figures.series("one"), figures.series("other"), 0.7))
                .isEqualTo(new Target("ratio", null, "", List.of(), "at most 0.70", null));
        assertThat(figures.delivered()).isTrue();
    }
}
