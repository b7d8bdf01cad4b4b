package dev.lanes.race.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BestOfRoundsTest {
    @Test
    void compares_the_best_rounds() {
        BestOfRounds best = new BestOfRounds();

        best.add(100, 150);
        best.add(80, 200);

        assertThat(best.value()).isEqualTo(2.0);
    }

    @Test
    void is_nothing_before_one_has_done_anything() {
        assertThat(new BestOfRounds().value()).isZero();
    }
}
