package dev.lanes.race.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpeedUpTest {
    @Test
    void compares_the_best_rounds() {
        SpeedUp speedUp = new SpeedUp();

        speedUp.add(100, 150);
        speedUp.add(80, 200);

        assertThat(speedUp.value()).isEqualTo(2.0);
    }

    @Test
    void is_nothing_before_one_has_done_anything() {
        assertThat(new SpeedUp().value()).isZero();
    }
}
