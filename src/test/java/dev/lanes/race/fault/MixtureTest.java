package dev.lanes.race.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.task.LaneName;
import dev.lanes.task.TaskState;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MixtureTest {
    @Test
    void has_one_task_in_a_hundred_that_must_die_and_many_of_all_other_kinds() {
        List<Mixture.Line> lines = Mixture.of(LaneName.THREAD, 20_000, 16, new Random(1));

        assertThat(lines).hasSize(20_000);
        assertThat(lines.stream().filter(line -> line.expected().end() == TaskState.DEAD))
                .hasSize(200);
        assertThat(lines).noneMatch(line -> line.json().contains("crash"));
        assertThat(lines).anyMatch(line -> line.json().contains("{\"ms\":16}"));
    }

    @ParameterizedTest
    @EnumSource
    void has_tasks_with_a_key_tasks_that_wait_and_tasks_to_be_cancelled(LaneName lane) {
        List<Mixture.Line> lines = Mixture.of(lane, 1000, 16, new Random(1));

        assertThat(lines.stream().filter(line -> line.json().contains("\"key\"")))
                .hasSize(30);
        assertThat(lines.stream().filter(line -> line.expected().end() == TaskState.CANCELLED))
                .hasSize(10);
        assertThat(lines.stream()
                        .filter(line -> line.expected().end() == TaskState.SUCCEEDED)
                        .filter(line -> line.json().contains("\"delayMs\"")))
                .hasSize(10);
    }

    @Test
    void asks_for_no_order_where_none_is_kept() {
        assertThat(Mixture.of(LaneName.PROCESS, 1000, 3, new Random(1)))
                .filteredOn(line -> line.json().contains("\"key\""))
                .allMatch(line -> line.json().contains("\"ordered\":false"));
    }

    @Test
    void kills_processes_on_the_lane_of_processes_alone() {
        List<Mixture.Line> lines = Mixture.of(LaneName.PROCESS, 20_000, 3, new Random(1));

        assertThat(lines.stream().filter(line -> line.json().contains("crash"))).hasSize(4);
    }

    @Test
    void is_the_same_for_the_same_seed() {
        assertThat(Mixture.of(LaneName.VIRTUAL, 500, 100, new Random(7)))
                .isEqualTo(Mixture.of(LaneName.VIRTUAL, 500, 100, new Random(7)))
                .isNotEqualTo(Mixture.of(LaneName.VIRTUAL, 500, 100, new Random(8)));
    }
}
