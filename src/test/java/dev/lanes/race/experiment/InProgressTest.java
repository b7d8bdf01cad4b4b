package dev.lanes.race.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class InProgressTest {
    private static final InProgress THREE = new InProgress(
            List.of(new InProgress.Span(0, 100), new InProgress.Span(50, 150), new InProgress.Span(100, 200)));

    @Test
    void counts_tasks_in_progress_at_once() {
        assertThat(THREE.max()).isEqualTo(2);
    }

    @Test
    void a_task_that_starts_as_another_finishes_does_not_overlap_it() {
        assertThat(new InProgress(List.of(new InProgress.Span(0, 10), new InProgress.Span(10, 20))).max())
                .isEqualTo(1);
    }

    @Test
    void averages_over_a_part_of_the_time() {
        assertThat(THREE.mean(0, 200)).isEqualTo(1.5);
        assertThat(THREE.mean(50, 150)).isEqualTo(2);
        assertThat(THREE.mean(200, 300)).isZero();
    }

    @Test
    void nothing_is_in_progress_without_tasks() {
        InProgress none = new InProgress(List.of());

        assertThat(none.max()).isZero();
        assertThat(none.end()).isZero();
        assertThat(none.mean(0, 100)).isZero();
    }

    @Test
    void ends_with_the_last_task_of_all_threads() {
        InProgress more = THREE.and(new InProgress(List.of(new InProgress.Span(0, 500))));

        assertThat(more.end()).isEqualTo(500);
        assertThat(more.max()).isEqualTo(3);
    }
}
