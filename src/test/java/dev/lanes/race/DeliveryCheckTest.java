package dev.lanes.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.pipeline.Course;
import dev.lanes.task.LaneName;
import dev.lanes.task.Limits;
import dev.lanes.task.RawJson;
import dev.lanes.task.Task;
import dev.lanes.task.TaskId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DeliveryCheckTest {
    private static final int TASKS = 10_000;
    private static final int PLANTED = 4711;
    private static final String RIGHT = "{\"digest\":\"ab\"}";

    private final DeliveryCheck check = new DeliveryCheck(true, true, RIGHT);
    private final List<Task> tasks = new ArrayList<>();
    private final Instant start = Instant.parse("2026-01-01T00:00:00Z");

    @BeforeEach
    void publish() {
        for (int number = 0; number < TASKS; number++) {
            tasks.add(task());
        }
        tasks.forEach(check::published);
    }

    @Test
    void finds_nothing_wrong_when_each_task_ended_once_with_the_right_result() {
        tasks.forEach(task -> check.take(outcome(task, "SUCCEEDED", RIGHT)));

        assertThat(check.fault(null)).isNull();
        assertThat(check.figures().runs().getTotalCount()).isEqualTo(TASKS);
    }

    @Test
    void finds_one_dropped_task_in_ten_thousand() {
        for (int number = 0; number < TASKS; number++) {
            if (number != PLANTED) {
                check.take(outcome(tasks.get(number), "SUCCEEDED", RIGHT));
            }
        }

        assertThat(check.fault(null)).isEqualTo("1 of 10000 tasks did not end in time");
        assertThat(check.fault("race-thread-1 (pid 7)")).contains("a process died: race-thread-1 (pid 7)");
    }

    @Test
    void counts_no_time_from_before_all_were_published_and_knows_which_have_not_ended() {
        check.begin(start.plusMillis(2));

        check.take(outcome(tasks.getFirst(), "SUCCEEDED", RIGHT));

        assertThat(check.figures().waits().getMaxValue()).isZero();
        assertThat(check.figures().latencies().getMaxValue()).isZero();
        assertThat(check.unended())
                .hasSize(TASKS - 1)
                .doesNotContain(tasks.getFirst().id());
    }

    @Test
    void finds_one_doubled_task_in_ten_thousand() {
        tasks.forEach(task -> check.take(outcome(task, "SUCCEEDED", RIGHT)));

        check.take(outcome(tasks.get(PLANTED), "SUCCEEDED", RIGHT));

        assertThat(check.fault(null)).isEqualTo("1 of 10000 tasks ended twice");
    }

    @Test
    void finds_one_wrong_result_in_ten_thousand() {
        for (int number = 0; number < TASKS; number++) {
            check.take(outcome(tasks.get(number), "SUCCEEDED", number == PLANTED ? "{\"digest\":\"ac\"}" : RIGHT));
        }

        assertThat(check.fault(null)).isEqualTo("1 of 10000 results are not what the task gives");
    }

    @Test
    void finds_a_task_that_failed_and_says_how() {
        tasks.forEach(task -> check.take(outcome(task, task == tasks.get(PLANTED) ? "DEAD" : "SUCCEEDED", RIGHT)));

        assertThat(check.fault(null)).contains("FAILED").contains("planted");
    }

    @Test
    void finds_a_task_that_is_to_be_tried_again() {
        tasks.forEach(task -> check.take(outcome(task, task == tasks.get(PLANTED) ? "RETRYING" : "SUCCEEDED", RIGHT)));

        assertThat(check.left()).isZero();
        assertThat(check.fault(null)).contains("FAILED");
    }

    @Test
    void takes_an_outcome_of_an_earlier_round_for_one_that_came_twice() {
        tasks.forEach(task -> check.take(outcome(task, "SUCCEEDED", RIGHT)));

        check.take(outcome(task(), "SUCCEEDED", RIGHT));

        assertThat(check.fault(null)).contains("ended twice");
    }

    @Test
    void passes_over_outcomes_of_others_where_others_use_the_lanes_too() {
        DeliveryCheck together = new DeliveryCheck(true, false, RIGHT);
        tasks.forEach(together::published);
        tasks.forEach(task -> together.take(outcome(task, "SUCCEEDED", RIGHT)));

        together.take(outcome(task(), "DEAD", "{}"));

        assertThat(together.fault(null)).isNull();
    }

    private Task task() {
        return new Task(
                TaskId.create(start),
                1,
                1,
                "hash",
                LaneName.THREAD,
                null,
                false,
                null,
                Limits.DEFAULT,
                start,
                null,
                RawJson.EMPTY);
    }

    @Test
    void checks_the_results_of_a_bare_client_by_their_keys() {
        DeliveryCheck bare = new DeliveryCheck(false, true, null);
        tasks.forEach(bare::published);

        tasks.forEach(task -> bare.take(new Course.Arrived(start.toEpochMilli(), key(task), new byte[] {'x'})));

        assertThat(bare.fault(null)).isNull();
        bare.take(new Course.Arrived(start.toEpochMilli(), key(tasks.getFirst()), new byte[] {'x'}));
        assertThat(bare.fault(null)).contains("ended twice");
    }

    private static byte[] key(Task task) {
        return task.id().toString().getBytes(StandardCharsets.UTF_8);
    }

    private Course.Arrived outcome(Task task, String state, String result) {
        String json = """
                {"id":"%s","generation":1,"type":"hash","state":"%s","submittedAt":"%s","attempt":1,"lane":"thread",\
                "host":"h","pid":1,"thread":"t","virtualThread":false,"startedAt":"%s","finishedAt":"%s",\
                "outcome":"%s","error":"planted","result":%s}""".formatted(
                        task.id(),
                        state,
                        start,
                        start.plusMillis(1),
                        start.plusMillis(3),
                        state.equals("SUCCEEDED") ? "SUCCEEDED" : "FAILED",
                        result);
        return new Course.Arrived(start.toEpochMilli(), key(task), json.getBytes(StandardCharsets.UTF_8));
    }
}
