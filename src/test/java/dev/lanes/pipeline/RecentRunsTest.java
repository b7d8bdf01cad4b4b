package dev.lanes.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RecentRunsTest {
    private final RecentRuns runs = new RecentRuns();

    @Test
    void says_nothing_of_few() {
        add(63, 1);

        assertThat(runs.usual()).isEmpty();
        assertThat(runs.usualOfLate()).isEmpty();
    }

    @Test
    void says_in_what_time_three_of_four_end() {
        add(16, 1000);
        add(48, 1);
        assertThat(runs.usual()).contains(Duration.ofMillis(1000));

        add(1, 1);
        assertThat(runs.usual()).contains(Duration.ofMillis(1));
    }

    @Test
    void sees_sooner_of_the_last_few_that_tasks_have_become_slow() {
        add(64, 1);
        add(2, 1000);

        assertThat(runs.usualOfLate()).contains(Duration.ofMillis(1000));
        assertThat(runs.usual()).contains(Duration.ofMillis(1));
    }

    private void add(int count, long millis) {
        for (int run = 0; run < count; run++) {
            runs.add(Duration.ofMillis(millis));
        }
    }
}
