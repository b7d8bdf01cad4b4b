package dev.lanes.race.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StopwatchTest {
    @Test
    void takes_the_one_in_the_middle_or_the_mean_of_the_two() {
        assertThat(Stopwatch.median(9, 1, 5)).isEqualTo(5);
        assertThat(Stopwatch.median(9, 1, 5, 7)).isEqualTo(6);
    }

    @Test
    void warms_up_with_as_many_rounds_as_it_measures() throws Exception {
        AtomicInteger steps = new AtomicInteger();

        Stopwatch.medianNanos(3, 4, steps::incrementAndGet);

        assertThat(steps).hasValue(2 * 3 * 4);
    }
}
