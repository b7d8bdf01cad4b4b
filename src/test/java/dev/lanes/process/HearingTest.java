package dev.lanes.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HearingTest {
    private long nanos;
    private final Hearing hearing = new Hearing(() -> nanos);

    @Test
    void tells_for_how_long_a_process_has_said_nothing() {
        hearing.hears(List.of(1L, 2L));

        for (int second = 0; second < 30; second++) {
            pass(Duration.ofSeconds(1));
            hearing.hears(List.of(1L));
        }

        assertThat(hearing.silence(1)).isZero();
        assertThat(hearing.silence(2)).isEqualTo(Duration.ofSeconds(30));
        assertThat(hearing.silence(3)).as("never heard of").isZero();
    }

    @Test
    void does_not_take_it_for_silence_that_nobody_listened() {
        hearing.hears(List.of(1L));

        pass(Duration.ofMinutes(1));
        hearing.hears(List.of());

        assertThat(hearing.silence(1)).isZero();
        for (int second = 0; second < 21; second++) {
            pass(Duration.ofSeconds(1));
            hearing.hears(List.of());
        }
        assertThat(hearing.silence(1)).isEqualTo(Duration.ofSeconds(21));
    }

    @Test
    void does_not_take_it_for_silence_that_nobody_could_be_heard() {
        hearing.hears(List.of(1L));

        for (int second = 0; second < 60; second++) {
            pass(Duration.ofSeconds(1));
            hearing.hearsNobody();
        }
        pass(Duration.ofSeconds(1));
        hearing.hears(List.of());

        assertThat(hearing.silence(1)).isEqualTo(Duration.ofSeconds(1));
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
