package dev.lanes.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.task.LaneName;
import dev.lanes.task.RawJson;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MemoryTest {
    @Test
    void takes_a_race_that_fits_and_refuses_one_that_does_not() {
        assertThat(Memory.hindrance(12, 8_000_000_000L)).isEmpty();
        assertThat(Memory.hindrance(12, 1_610_612_736L))
                .hasValueSatisfying(why -> assertThat(why).contains("12 JVMs").contains("race together"));
        assertThat(Memory.hindrance(2, 1_610_612_736L)).isEmpty();
    }

    @Test
    void has_room_for_fewer_tasks_the_larger_they_are_and_the_more_lanes_they_come_to_at_once() {
        long heap = 512L << 20;

        assertThat(Memory.tasks(request("{}", RaceRequest.Mode.IN_TURN), heap)).isBetween(300_000, 400_000);
        assertThat(Memory.tasks(request("{}", RaceRequest.Mode.TOGETHER), heap)).isBetween(60_000, 80_000);
        assertThat(Memory.tasks(request("\"" + "x".repeat(200_000) + "\"", RaceRequest.Mode.IN_TURN), heap))
                .isBetween(1000, 1400);
    }

    @Test
    void refuses_a_count_for_which_there_is_no_memory() {
        assertThat(Memory.hindrance(request("\"" + "x".repeat(200_000) + "\"", RaceRequest.Mode.TOGETHER)))
                .hasValueSatisfying(why -> assertThat(why).contains("room for").contains("on each lane"));
    }

    private static RaceRequest request(String payload, RaceRequest.Mode mode) {
        return new RaceRequest(
                "noop",
                RawJson.of(payload),
                List.of(LaneName.values()),
                mode,
                1_000_000,
                Concurrency.DEFAULT,
                null,
                1,
                5,
                Set.of());
    }
}
