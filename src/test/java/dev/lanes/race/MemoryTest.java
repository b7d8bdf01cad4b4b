package dev.lanes.race;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MemoryTest {
    @Test
    void takes_a_race_that_fits_and_refuses_one_that_does_not() {
        assertThat(Memory.hindrance(12, 8_000_000_000L)).isEmpty();
        assertThat(Memory.hindrance(12, 1_610_612_736L))
                .hasValueSatisfying(why -> assertThat(why).contains("12 JVMs").contains("race together"));
        assertThat(Memory.hindrance(2, 1_610_612_736L)).isEmpty();
    }
}
