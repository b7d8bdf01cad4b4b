package dev.lanes.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DoubtsTest {
    private static final Map<String, List<Double>> QUIET = Map.of("thread", List.of(100.0, 110.0, 105.0));

    @Test
    void believes_steady_rounds_on_a_quiet_machine() {
        assertThat(Doubts.of(RaceRequest.Mode.IN_TURN, 2, 0.1, QUIET)).isEmpty();
    }

    @Test
    void doubts_figures_when_others_kept_the_machine_busy() {
        assertThat(Doubts.of(RaceRequest.Mode.IN_TURN, 2, 0.9, QUIET))
                .containsExactly("other programs kept 0.90 of 2 cores busy meanwhile");
    }

    @Test
    void does_not_doubt_where_nobody_tells_what_others_do() {
        assertThat(Doubts.of(RaceRequest.Mode.IN_TURN, 2, null, QUIET)).isEmpty();
    }

    @Test
    void doubts_rounds_that_are_far_apart() {
        assertThat(Doubts.of(RaceRequest.Mode.IN_TURN, 2, 0.0, Map.of("thread", List.of(100.0, 170.0, 105.0))))
                .containsExactly("the fastest round of thread was 1.7 times the slowest");
    }

    @Test
    void doubts_one_that_was_not_warm() {
        assertThat(Doubts.of(RaceRequest.Mode.IN_TURN, 2, 0.0, Map.of("thread", List.of(100.0, 120.0, 130.0))))
                .containsExactly("thread became faster from round to round, 1.3 times in all: it was not warm yet");
    }

    @Test
    void always_doubts_figures_of_lanes_that_shared_the_machine() {
        assertThat(Doubts.of(RaceRequest.Mode.TOGETHER, 2, 0.0, Map.of("thread", List.of(100.0))))
                .singleElement()
                .asString()
                .contains("race them in turn");
    }
}
