package dev.lanes.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

    @ParameterizedTest
    @CsvSource({"1, 500, 1000", "2, 1000, 2000", "3, 2000, 4000", "9, 128000, 256000", "10, 150000, 300000"})
    void doubles_up_to_a_limit_and_takes_up_to_half_of_it_off(int attempt, long least, long most) {
        Random random = new Random(attempt);
        for (int time = 0; time < 1000; time++) {
            assertThat(backoff.after(attempt, random).toMillis()).isBetween(least, most);
        }
    }

    @Test
    void never_overflows() {
        assertThat(backoff.after(Integer.MAX_VALUE, new Random(1))).isLessThanOrEqualTo(Duration.ofMinutes(5));
    }
}
