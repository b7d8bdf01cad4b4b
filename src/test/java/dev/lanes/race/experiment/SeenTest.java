package dev.lanes.race.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.task.Attempt;
import dev.lanes.task.LaneName;
import dev.lanes.task.Outcome;
import dev.lanes.task.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SeenTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void tells_how_many_tasks_were_in_progress_and_how_many_cores_busy() {
        Ran ran = Ran.of(
                List.of(attempt("a", 0, 1000), attempt("b", 0, 500), attempt("a", 1000, 2000)),
                Optional.of(Duration.ofSeconds(3)));

        Seen seen = Seen.of("thread, on 2 cores", ran, Objects.requireNonNull(ran.cores()));

        assertThat(seen.byThread()).containsOnlyKeys("a", "b");
        assertThat(seen.line())
                .isEqualTo("thread, on 2 cores: up to 2 tasks in progress (1 on average), 1.50 cores busy");
    }

    @Test
    void knows_no_busy_cores_where_cpu_time_is_unknown() {
        assertThat(Ran.of(List.of(attempt("a", 0, 1000)), Optional.empty()).cores())
                .isNull();
    }

    private static Attempt attempt(String thread, long fromMs, long toMs) {
        return new Attempt(
                1,
                LaneName.THREAD,
                new Place("here", 1, thread, false),
                START.plusMillis(fromMs),
                START.plusMillis(toMs),
                Outcome.SUCCEEDED,
                null);
    }
}
