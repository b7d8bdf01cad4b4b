package dev.lanes.race;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TurnTest {
    private static final int MOST = 150_000;

    @Test
    void gives_quick_ones_what_they_do_in_some_seconds() {
        assertThat(Turn.aRound(1000, 16, MOST)).isEqualTo(2000);
        assertThat(Turn.aRound(1_000_000, 1000, MOST)).isEqualTo(MOST);
    }

    @Test
    void gives_slow_ones_enough_for_each_place_that_the_last_ones_do_not_make_the_figure() {
        assertThat(Turn.aRound(20, 3, MOST)).isEqualTo(60);
    }

    @Test
    void keeps_a_round_short_where_that_would_take_long() {
        assertThat(Turn.aRound(20, 1000, MOST)).isEqualTo(60);
        assertThat(Turn.aRound(0.01, 16, MOST)).isEqualTo(1);
    }
}
