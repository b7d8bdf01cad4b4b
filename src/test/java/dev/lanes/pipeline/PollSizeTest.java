package dev.lanes.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PollSizeTest {
    @ParameterizedTest(name = "{0}, tasks of {1} us: {2}")
    @CsvSource({
        // A step at a time, as a poll of quick tasks says little of the next.
        "ONE, 10, FEW",
        "FEW, 10, MANY",
        "MANY, 10, MANY",
        "ONE, 10500, FEW",
        "ONE, 13000, ONE",
        "FEW, 10500, FEW",
        // Neither well suited nor bad: it stays.
        "FEW, 20000, FEW",
        "FEW, 30000, ONE",
        "MANY, 1500, MANY",
        "MANY, 5000, FEW",
        "MANY, 1000000, ONE",
    })
    void goes_up_by_steps_and_down_at_once(PollSize now, long micros, PollSize next) {
        assertThat(now.next(Duration.ofNanos(micros * 1000))).isEqualTo(next);
    }
}
