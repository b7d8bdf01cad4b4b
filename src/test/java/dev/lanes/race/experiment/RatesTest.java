package dev.lanes.race.experiment;

import static dev.lanes.task.LaneName.PROCESS;
import static dev.lanes.task.LaneName.REACTIVE;
import static dev.lanes.task.LaneName.SEQUENTIAL;
import static dev.lanes.task.LaneName.THREAD;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RatesTest {
    private static final Rates RATES = new Rates(
            Map.of(SEQUENTIAL, 10.0, REACTIVE, 11.0, THREAD, 22.0, PROCESS, 22.0),
            Map.of(SEQUENTIAL, 1, REACTIVE, 1, THREAD, 12, PROCESS, 3));

    @Test
    void a_lane_needs_its_share_of_the_cores() {
        assertThat(RATES.parallel(THREAD, 2)).isTrue();
        assertThat(RATES.parallel(THREAD, 4)).isFalse();
    }

    @Test
    void a_lane_of_fewer_places_than_cores_needs_its_share_of_the_places() {
        assertThat(RATES.needed(PROCESS, 8)).isEqualTo(0.7 * 3);
        assertThat(RATES.parallel(PROCESS, 8)).isTrue();
        assertThat(RATES.parallel(THREAD, 8)).isFalse();
    }

    @Test
    void nothing_is_parallel_on_one_core_or_in_one_place() {
        assertThat(RATES.parallel(THREAD, 1)).isFalse();
        assertThat(RATES.parallel(REACTIVE, 2)).isFalse();
        assertThat(RATES.inTurns(REACTIVE)).isTrue();
        assertThat(RATES.inTurns(THREAD)).isFalse();
    }
}
