package dev.lanes.race.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.task.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the check of the faults finds: above all, that it does find it. */
final class TallyTest {
    private static final Map<String, Expected> EXPECTED =
            Map.of("a", Expected.SUCCESS, "b", Expected.SUCCESS, "c", Expected.DEATH_AT_ONCE);
    private static final Totals GROWN = new Totals(3, 2, 1, 0, 0, 0);

    private final List<SeenTask> seen = new ArrayList<>(List.of(
            new SeenTask("a", TaskState.SUCCEEDED, List.of("SUCCEEDED")),
            new SeenTask("b", TaskState.SUCCEEDED, List.of("SUCCEEDED")),
            new SeenTask("c", TaskState.DEAD, List.of("FAILED"))));

    @Test
    void is_content_when_every_task_ended_as_it_had_to() {
        Tally tally = tally(GROWN);

        assertThat(tally.lost()).isEmpty();
        assertThat(tally.problems()).isEmpty();
        assertThat(tally.hurt()).isZero();
    }

    @Test
    void names_a_task_that_is_gone() {
        seen.removeFirst();

        Tally tally = tally(GROWN);

        assertThat(tally.lost()).containsExactly("a");
        assertThat(tally.problems()).anyMatch(problem -> problem.contains("succeeded is 2 by the totals, and 1"));
    }

    @Test
    void names_a_task_that_has_not_ended() {
        seen.set(1, new SeenTask("b", TaskState.QUEUED, List.of()));

        Tally tally = tally(new Totals(3, 1, 1, 0, 1, 0));

        assertThat(tally.lost()).containsExactly("b");
    }

    @Test
    void does_not_take_for_lost_what_a_lane_has_still_to_do() {
        seen.set(1, new SeenTask("b", TaskState.QUEUED, List.of()));

        Tally tally = Tally.of(EXPECTED, seen, new Totals(3, 1, 1, 0, 1, 0), true);

        assertThat(tally.lost()).isEmpty();
        assertThat(tally.problems()).containsExactly("1 tasks still wait for a lane that has stopped working: b");
    }

    @Test
    void takes_for_lost_what_nobody_knows_of_also_while_a_lane_has_something_to_do() {
        seen.removeFirst();

        assertThat(Tally.of(EXPECTED, seen, new Totals(3, 1, 1, 0, 1, 0), true).lost())
                .containsExactly("a");
    }

    @Test
    void finds_a_task_that_is_listed_twice() {
        seen.add(seen.getFirst());

        assertThat(tally(GROWN).problems()).containsExactly("1 tasks are there twice: a");
    }

    @Test
    void finds_a_task_that_the_totals_count_twice() {
        assertThat(tally(new Totals(3, 3, 1, 0, -1, 0)).problems())
                .contains(
                        "succeeded is 3 by the totals, and 2 by the tasks",
                        "pending is -1 by the totals, and 0 by the tasks");
    }

    @Test
    void finds_totals_that_do_not_add_up() {
        assertThat(tally(new Totals(4, 2, 1, 0, 0, 0)).problems())
                .anyMatch(problem -> problem.startsWith("the totals do not add up"))
                .contains("published is 4 by the totals, and 3 by the tasks");
    }

    @Test
    void finds_a_task_that_ended_otherwise_than_it_had_to() {
        seen.set(0, new SeenTask("a", TaskState.DEAD, List.of("FAILED", "FAILED", "FAILED")));

        assertThat(tally(new Totals(3, 1, 2, 0, 0, 0)).problems())
                .containsExactly("1 tasks did not end as they had to: a DEAD [FAILED, FAILED, FAILED]");
    }

    @Test
    void finds_a_task_that_nobody_published() {
        seen.add(new SeenTask("x", TaskState.SUCCEEDED, List.of("SUCCEEDED")));

        assertThat(tally(new Totals(4, 3, 1, 0, 0, 0)).problems()).contains("1 tasks that nobody published: x");
    }

    @Test
    void counts_as_hurt_what_took_more_attempts_than_it_needs_or_lost_its_process() {
        seen.set(0, new SeenTask("a", TaskState.SUCCEEDED, List.of("LOST", "SUCCEEDED")));
        seen.set(2, new SeenTask("c", TaskState.DEAD, List.of("LOST")));

        assertThat(tally(GROWN).hurt()).isEqualTo(2);
    }

    @Test
    void does_not_count_as_hurt_what_kills_its_own_process() {
        SeenTask crash = new SeenTask("d", TaskState.DEAD, List.of("LOST", "LOST", "LOST"));

        Tally tally = Tally.of(
                Map.of("d", Expected.DEATH_WITH_ITS_PROCESS), List.of(crash), new Totals(1, 0, 1, 0, 0, 2), false);

        assertThat(tally.problems()).isEmpty();
        assertThat(tally.hurt()).isZero();
        assertThat(tally.duplicates()).isEqualTo(2);
    }

    private Tally tally(Totals grown) {
        return Tally.of(EXPECTED, seen, grown, false);
    }
}
