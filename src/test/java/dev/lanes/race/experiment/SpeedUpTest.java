package dev.lanes.race.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpeedUpTest {
    private static final double QUIET = 0.02;
    private static final SpeedUp.Busy ALL = new SpeedUp.Busy(1.0, 1.9);

    @Test
    void tasks_that_end_twice_as_fast_on_two_cores_run_in_parallel() {
        SpeedUp speedUp =
                new SpeedUp("thread", 2, QUIET, 16, ALL, List.of(1000.0, 1000.0, 1000.0), List.of(510.0, 500.0, 990.0));

        assertThat(speedUp.parallel()).isTrue();
        assertThat(speedUp.inTurns()).isFalse();
        assertThat(speedUp.factor()).isEqualTo(1000 / 510.0);
    }

    @Test
    void less_than_70_percent_of_the_cores_is_not_parallel() {
        SpeedUp speedUp = new SpeedUp("thread", 2, QUIET, 16, ALL, List.of(1000.0), List.of(1000 / 1.39));

        assertThat(speedUp.parallel()).isFalse();
    }

    @Test
    void fewer_places_than_cores_need_less() {
        SpeedUp speedUp = new SpeedUp("process", 8, QUIET, 3, null, List.of(1000.0), List.of(1000 / 2.6));

        assertThat(speedUp.needed()).isEqualTo(0.7 * 3);
        assertThat(speedUp.parallel()).isTrue();
    }

    @Test
    void nothing_runs_in_parallel_on_one_core_and_the_line_says_why() {
        SpeedUp speedUp =
                new SpeedUp("thread", 1, QUIET, 16, new SpeedUp.Busy(0.64, 0.97), List.of(1500.0), List.of(1000.0));

        assertThat(speedUp.parallel()).isFalse();
        assertThat(speedUp.line())
                .contains("on 1 core, of which they kept 0.97 busy, and on sequential 0.64")
                .contains("for want of cores");
    }

    @Test
    void one_place_is_never_parallel() {
        SpeedUp speedUp = new SpeedUp("reactive", 2, QUIET, 1, ALL, List.of(1000.0), List.of(1000.0));

        assertThat(speedUp.parallel()).isFalse();
        assertThat(speedUp.inTurns()).isTrue();
    }

    @Test
    void the_line_tells_of_a_busy_machine() {
        SpeedUp speedUp = new SpeedUp("thread", 2, 1.4, 16, ALL, List.of(1000.0), List.of(900.0));

        assertThat(speedUp.line()).contains("other work took 1.4 meanwhile");
    }
}
