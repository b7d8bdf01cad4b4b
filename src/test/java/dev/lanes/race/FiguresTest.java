package dev.lanes.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.task.Attempt;
import dev.lanes.task.LaneName;
import dev.lanes.task.Outcome;
import dev.lanes.task.Place;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class FiguresTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Figures figures = new Figures();

    @Test
    void counts_how_many_tasks_were_in_progress_at_once() {
        attempt(0, 10);
        attempt(5, 15);
        attempt(10, 20);

        assertThat(figures.inProgressMax()).isEqualTo(2);
        assertThat(figures.inProgressMean(Duration.ofMillis(20))).isBetween(1.49, 1.51);
    }

    @Test
    void counts_tasks_that_follow_each_other_as_one_at_a_time() {
        for (int number = 0; number < 3000; number++) {
            attempt(number, number + 1);
        }

        assertThat(figures.inProgressMax()).isEqualTo(1);
    }

    @Test
    void knows_that_nothing_was_in_progress() {
        assertThat(figures.inProgressMax()).isZero();
        assertThat(Percentiles.of(figures.waits())).isNull();
    }

    private void attempt(long fromMs, long toMs) {
        figures.attempt(
                START,
                new Attempt(
                        1,
                        LaneName.THREAD,
                        Place.here(),
                        START.plusMillis(fromMs),
                        START.plusMillis(toMs),
                        Outcome.SUCCEEDED,
                        null));
    }
}
