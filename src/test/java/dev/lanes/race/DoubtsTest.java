package dev.lanes.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class DoubtsTest {
    private final Doubts doubts = new Doubts(2);

    @Test
    void believes_steady_rounds_on_a_quiet_machine() {
        doubts.busyWithOthers(0.1);
        doubts.rounds("thread", List.of(100.0, 110.0, 105.0), 1.9, 0.1);

        assertThat(doubts.all()).isEmpty();
    }

    @Test
    void doubts_figures_when_others_kept_the_machine_busy() {
        doubts.busyWithOthers(0.9);

        assertThat(doubts.all()).containsExactly("other programs kept 0.90 of 2 cores busy meanwhile");
    }

    @Test
    void does_not_doubt_where_nobody_tells_what_others_do() {
        doubts.busyWithOthers(null);
        doubts.rounds("thread", List.of(100.0, 110.0, 105.0), null, null);

        assertThat(doubts.all()).isEmpty();
    }

    @Test
    void doubts_rounds_that_are_far_apart() {
        doubts.rounds("thread", List.of(100.0, 170.0, 105.0), 0.0, 0.0);

        assertThat(doubts.all()).containsExactly("the fastest round of thread was 1.7 times the slowest");
    }

    @Test
    void doubts_one_that_was_not_warm() {
        doubts.rounds("thread", List.of(100.0, 120.0, 130.0), 0.0, 0.0);

        assertThat(doubts.all())
                .containsExactly("thread became faster from round to round, 1.3 times in all: it was not warm yet"
                        + " (--warm-up gives it longer)");
    }

    @Test
    void doubts_one_whose_compilers_were_busy_however_steady_it_was() {
        doubts.rounds("process", List.of(100.0, 100.0, 100.0), 1.9, 0.8);

        assertThat(doubts.all())
                .containsExactly("compilers kept 0.80 of 2 cores busy in the rounds of process: it was not warm yet"
                        + " (--warm-up gives it longer)");
    }

    @Test
    void lets_compilers_have_what_tasks_leave() {
        doubts.rounds("thread", List.of(100.0, 100.0, 100.0), 0.9, 0.6);

        assertThat(doubts.all()).isEmpty();
    }

    @Test
    void always_doubts_figures_of_lanes_that_shared_the_machine() {
        doubts.together();

        assertThat(doubts.all()).singleElement().asString().contains("race them in turn");
    }
}
