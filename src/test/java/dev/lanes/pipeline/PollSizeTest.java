package dev.lanes.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PollSizeTest {
    @ParameterizedTest(name = "{0}, tasks of {1} us: {2}")
    @CsvSource({
        "ONE, 10, MOST",
        "ONE, 1000, MANY",
        "FEW, 10, MOST",
        "MOST, 10, MOST",
        "ONE, 2500, SOME",
        "FEW, 2500, SOME",
        "SOME, 3000, SOME",
        "ONE, 10500, FEW",
        "ONE, 13000, ONE",
        "FEW, 10500, FEW",
        // Neither well suited nor bad: it stays.
        "FEW, 20000, FEW",
        "FEW, 30000, ONE",
        "MANY, 1500, MANY",
        "MOST, 150, MOST",
        "MOST, 500, MANY",
        "MANY, 5000, SOME",
        "MANY, 6000, FEW",
        "MANY, 1000000, ONE",
    })
    void is_as_large_as_suits_the_tasks(PollSize now, long micros, PollSize next) {
        assertThat(now.next(Duration.ofNanos(micros * 1000))).isEqualTo(next);
    }

    @ParameterizedTest(name = "tasks of {0} us: {1}")
    @CsvSource({"1, true", "50, true", "51, false", "1000, false"})
    void a_second_poll_may_wait_for_the_first_only_where_both_are_soon_done(long micros, boolean both) {
        assertThat(PollSize.suitsTwo(Duration.ofNanos(micros * 1000))).isEqualTo(both);
    }
}
