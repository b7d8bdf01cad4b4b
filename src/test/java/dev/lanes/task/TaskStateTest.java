package dev.lanes.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TaskStateTest {
    @ParameterizedTest
    @EnumSource
    void leads_from_every_unfinished_state_to_every_end(TaskState state) {
        boolean mayEnd = state.mayBecome(TaskState.SUCCEEDED)
                && state.mayBecome(TaskState.DEAD)
                && state.mayBecome(TaskState.CANCELLED);

        assertThat(mayEnd).isEqualTo(!state.finished());
    }

    @ParameterizedTest
    @EnumSource(names = {"SUCCEEDED", "CANCELLED"})
    void leads_nowhere_from_a_good_end(TaskState end) {
        assertThat(Arrays.stream(TaskState.values()).filter(end::mayBecome)).isEmpty();
    }

    @Test
    void leads_from_death_to_the_queue_alone() {
        assertThat(Arrays.stream(TaskState.values()).filter(TaskState.DEAD::mayBecome))
                .containsExactly(TaskState.QUEUED);
    }

    @Test
    void takes_no_step_back_from_running() {
        assertThat(TaskState.RUNNING.mayBecome(TaskState.QUEUED)).isFalse();
        assertThat(TaskState.RUNNING.mayBecome(TaskState.SCHEDULED)).isFalse();
        assertThat(TaskState.RUNNING.mayBecome(TaskState.RUNNING))
                .as("begun again elsewhere")
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void is_reached_by_an_outcome_as_an_end(Outcome outcome) {
        assertThat(outcome.state().finished()).isTrue();
    }
}
