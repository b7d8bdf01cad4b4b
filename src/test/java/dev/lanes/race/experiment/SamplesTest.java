package dev.lanes.race.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplesTest {
    @Test
    void the_median_is_the_middle_or_the_mean_of_the_middle_two() {
        assertThat(Samples.median(List.of(3.0, 1.0, 2.0))).isEqualTo(2);
        assertThat(Samples.median(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(2.5);
    }

    @Test
    void a_percentile_is_a_value_that_was_measured() {
        List<Double> hundred =
                IntStream.rangeClosed(1, 100).mapToObj(Double::valueOf).toList();

        assertThat(Samples.percentile(hundred, 99)).isEqualTo(99);
        assertThat(Samples.percentile(hundred, 100)).isEqualTo(100);
        assertThat(Samples.percentile(List.of(7.0), 99)).isEqualTo(7);
    }
}
