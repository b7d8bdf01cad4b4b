package dev.lanes.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.pipeline.OutcomeRecord;
import dev.lanes.task.Attempt;
import dev.lanes.task.LaneName;
import dev.lanes.task.Limits;
import dev.lanes.task.Outcome;
import dev.lanes.task.Place;
import dev.lanes.task.RawJson;
import dev.lanes.task.Task;
import dev.lanes.task.TaskId;
import dev.lanes.task.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TaskTableTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final long AT = 7;

    private final TaskTable table = new TaskTable(100);

    @Test
    void counts_a_task_and_then_its_end() {
        published(1);
        assertThat(table.summary()).isEqualTo(new Summary(1, 0, 0, 0, 1, 0));

        ended(1, Outcome.SUCCEEDED);

        assertThat(table.summary()).isEqualTo(new Summary(1, 1, 0, 0, 0, 0));
    }

    @Test
    void counts_no_end_before_its_task_has_been_read() {
        ended(1, Outcome.SUCCEEDED);
        assertThat(table.summary()).isEqualTo(new Summary(0, 0, 0, 0, 0, 0));
        assertThat(Optional.ofNullable(table.find(id(1)))).isEmpty();

        Entry entry = published(1);

        assertThat(table.summary()).isEqualTo(new Summary(1, 1, 0, 0, 0, 0));
        assertThat(entry.state).isEqualTo(TaskState.SUCCEEDED);
    }

    @ParameterizedTest
    @EnumSource
    void counts_every_way_in_which_a_task_ends(Outcome outcome) {
        published(1);

        ended(1, outcome);

        Summary summary = table.summary();
        assertThat(summary.published())
                .isEqualTo(summary.succeeded() + summary.dead() + summary.cancelled())
                .isEqualTo(1);
        assertThat(summary.pending()).isZero();
    }

    @Test
    void counts_a_task_that_was_sent_twice_once() {
        published(1);
        published(1);
        ended(1, Outcome.SUCCEEDED);

        published(1);

        assertThat(table.summary()).isEqualTo(new Summary(1, 1, 0, 0, 0, 0));
    }

    @Test
    void lets_the_first_end_win_and_counts_the_second_as_a_duplicate() {
        published(1);
        ended(1, Outcome.FAILED);

        ended(1, Outcome.SUCCEEDED);

        assertThat(table.summary()).isEqualTo(new Summary(1, 0, 1, 0, 0, 1));
        assertThat(table.find(id(1)).state).isEqualTo(TaskState.DEAD);
    }

    @Test
    void counts_a_duplicate_end_whose_task_comes_last() {
        ended(1, Outcome.SUCCEEDED);
        ended(1, Outcome.SUCCEEDED);

        published(1);

        assertThat(table.summary()).isEqualTo(new Summary(1, 1, 0, 0, 0, 1));
    }

    @Test
    void counts_a_second_outcome_of_an_attempt_that_was_tried_again() {
        published(1);
        table.outcome(retrying(1, 100), AT, true);

        table.outcome(retrying(1, 200), AT, true);

        assertThat(table.summary()).isEqualTo(new Summary(1, 0, 0, 0, 1, 1));
    }

    @Test
    void counts_the_end_of_an_attempt_that_was_tried_again_by_another_process() {
        published(1);
        table.outcome(retrying(1, 100), AT, true);

        ended(1, Outcome.SUCCEEDED);

        assertThat(table.summary()).isEqualTo(new Summary(1, 1, 0, 0, 0, 1));
    }

    @Test
    void counts_no_duplicate_when_an_attempt_is_begun_again_and_has_one_outcome() {
        published(1);
        table.outcome(running(1, 100, NOW), AT, true);
        table.outcome(running(1, 200, NOW.plusSeconds(1)), AT, true);

        table.outcome(outcome(1, Outcome.SUCCEEDED, 200, NOW.plusSeconds(1), 2), AT, true);

        assertThat(table.summary()).isEqualTo(new Summary(1, 1, 0, 0, 0, 0));
    }

    @Test
    void forgets_tasks_that_have_ended_by_the_totals_where_their_outcomes_are_gone() {
        table.clear(Optional.of(new Snapshot(new Summary(4, 2, 0, 0, 2, 0), Map.of(), 0, false)));
        table.published(task(1), AT, 1_000, false, false);
        table.published(task(2), AT, 2_000, false, false);
        table.published(task(3), AT, 3_000, false, false);
        table.published(task(4), AT, 9_000, false, false);

        table.forgetEnded(5_000);

        assertThat(table.all()).extracting(entry -> entry.id).containsExactlyInAnyOrder(id(3), id(4));
        assertThat(table.dropped()).isTrue();
        table.outcome(outcome(3, Outcome.SUCCEEDED, 1), AT, true);
        assertThat(table.summary()).isEqualTo(new Summary(4, 3, 0, 0, 1, 0));
    }

    @Test
    void forgets_no_task_as_long_as_no_outcome_can_be_gone() {
        table.clear(Optional.of(new Snapshot(new Summary(1, 1, 0, 0, 0, 0), Map.of(), 0, false)));
        table.published(task(1), AT, 1_000, false, false);

        table.forgetEnded(0);

        assertThat(table.all()).hasSize(1);
    }

    @Test
    void counts_the_same_in_whatever_order_the_partitions_are_read() {
        List<Runnable> records = new ArrayList<>();
        for (int task = 0; task < 50; task++) {
            int number = task;
            records.add(() -> published(number));
            records.add(() -> ended(number, number % 5 == 0 ? Outcome.FAILED : Outcome.SUCCEEDED));
            if (number % 10 == 0) {
                records.add(() -> ended(number, Outcome.FAILED));
            }
        }

        for (long seed = 0; seed < 20; seed++) {
            table.clear(Optional.empty());
            Collections.shuffle(records, new Random(seed));
            records.forEach(Runnable::run);
            assertThat(table.summary()).as("seed %d", seed).isEqualTo(new Summary(50, 40, 10, 0, 0, 5));
        }
    }

    @Test
    void does_not_count_again_what_the_totals_cover() {
        Summary covered = new Summary(3, 2, 1, 0, 0, 1);
        table.clear(Optional.of(new Snapshot(covered, Map.of(), 0, false)));

        table.published(task(1), AT, 0, false, false);
        table.outcome(outcome(1, Outcome.SUCCEEDED, 1), AT, false);
        table.outcome(outcome(1, Outcome.SUCCEEDED, 1), AT, false);

        assertThat(table.summary()).isEqualTo(covered);
        assertThat(table.find(id(1)).state).isEqualTo(TaskState.SUCCEEDED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void counts_an_end_of_which_the_totals_cover_one_record_only(boolean taskCovered) {
        Summary covered = new Summary(taskCovered ? 1 : 0, 0, 0, 0, taskCovered ? 1 : 0, 0);
        table.clear(Optional.of(new Snapshot(covered, Map.of(), 0, false)));

        table.published(task(1), AT, 0, !taskCovered, false);
        table.outcome(outcome(1, Outcome.SUCCEEDED, 1), AT, taskCovered);

        assertThat(table.summary()).isEqualTo(new Summary(1, 1, 0, 0, 0, 0));
    }

    @Test
    void keeps_the_newest_finished_tasks_and_all_unfinished_ones() {
        TaskTable small = new TaskTable(2);
        small.published(task(9), AT, 0, true, false);
        for (int number = 1; number <= 4; number++) {
            small.published(task(number), AT, 0, true, false);
            small.outcome(outcome(number, Outcome.SUCCEEDED, number), AT, true);
        }

        assertThat(small.all()).extracting(entry -> entry.id).containsExactlyInAnyOrder(id(9), id(3), id(4));
        assertThat(small.dropped()).isTrue();
        assertThat(small.summary()).isEqualTo(new Summary(5, 4, 0, 0, 1, 0));
    }

    @Test
    void says_that_an_attempt_was_lost_when_another_process_begins_it_again() {
        published(1);
        table.outcome(running(1, 100, NOW), AT, true);
        table.outcome(running(1, 200, NOW.plusSeconds(30)), AT, true);

        table.outcome(outcome(1, Outcome.SUCCEEDED, 200, NOW.plusSeconds(30), 31), AT, true);

        List<Attempt> attempts = table.find(id(1)).attempts;
        assertThat(attempts).extracting(Attempt::outcome).containsExactly(Outcome.LOST, Outcome.SUCCEEDED);
        assertThat(attempts).extracting(attempt -> attempt.place().pid()).containsExactly(100L, 200L);
        assertThat(attempts.getFirst().finishedAt()).isEqualTo(NOW.plusSeconds(30));
        assertThat(table.summary()).isEqualTo(new Summary(1, 1, 0, 0, 0, 0));
    }

    @Test
    void keeps_an_attempt_that_was_lost_and_the_next() {
        published(1);
        table.outcome(running(1, 100, NOW), AT, true);
        Attempt lost = attempt(100, NOW.plusMillis(3), NOW.plusSeconds(5), Outcome.LOST);
        table.outcome(record(1, TaskState.RETRYING, lost), AT, true);
        table.published(task(1).withAttempt(2), AT, 0, true, false);
        assertThat(table.find(id(1)).state).isEqualTo(TaskState.RETRYING);

        Attempt second = attempt(2, 200, NOW.plusSeconds(6), NOW.plusSeconds(7), Outcome.SUCCEEDED);
        table.outcome(record(1, TaskState.SUCCEEDED, second), AT, true);

        assertThat(table.find(id(1)).attempts)
                .extracting(Attempt::outcome)
                .containsExactly(Outcome.LOST, Outcome.SUCCEEDED);
        assertThat(table.summary()).isEqualTo(new Summary(1, 1, 0, 0, 0, 0));
    }

    @Test
    void knows_a_task_that_waits_for_its_time_and_counts_it_once() {
        table.scheduled(task(1), AT, true);
        assertThat(table.find(id(1)).state).isEqualTo(TaskState.SCHEDULED);
        assertThat(table.summary()).isEqualTo(new Summary(1, 0, 0, 0, 1, 0));

        table.published(task(1), AT, 0, true, true);
        assertThat(table.find(id(1)).state).isEqualTo(TaskState.QUEUED);

        ended(1, Outcome.SUCCEEDED);
        table.unscheduled(id(1), true);
        assertThat(table.summary()).isEqualTo(new Summary(1, 1, 0, 0, 0, 0));
    }

    @Test
    void counts_a_task_that_has_waited_once_in_whatever_order_it_is_read() {
        table.published(task(1), AT, 0, true, true);
        table.scheduled(task(1), AT, true);
        assertThat(table.find(id(1)).state).isEqualTo(TaskState.QUEUED);
        ended(1, Outcome.SUCCEEDED);

        assertThat(table.summary()).isEqualTo(new Summary(1, 1, 0, 0, 0, 0));
    }

    @Test
    void takes_no_task_for_waiting_that_ended_long_before_the_restart() {
        table.scheduled(task(1), AT, false);
        table.unscheduled(id(1), false);

        assertThat(table.all()).isEmpty();
    }

    @Test
    void knows_after_a_restart_a_task_that_was_cancelled_while_it_waited() {
        table.scheduled(task(1), AT, false);
        table.unscheduled(id(1), false);

        table.outcome(outcome(1, Outcome.CANCELLED, 1), AT, false);

        assertThat(table.find(id(1)).state).isEqualTo(TaskState.CANCELLED);
        assertThat(table.summary()).isEqualTo(new Summary(0, 0, 0, 0, 0, 0));
    }

    @Test
    void knows_after_a_restart_a_task_that_was_cancelled_while_it_waited_though_only_its_end_is_left() {
        table.clear(Optional.of(new Snapshot(new Summary(1, 0, 0, 1, 0, 0), Map.of(), 0, false)));
        table.outcome(outcome(1, Outcome.CANCELLED, 1), AT, false);
        table.outcome(outcome(2, Outcome.SUCCEEDED, 1), AT, false);

        table.adoptCancelled();

        assertThat(table.find(id(1)).state).isEqualTo(TaskState.CANCELLED);
        assertThat(Optional.ofNullable(table.find(id(2)))).isEmpty();
        assertThat(table.summary()).isEqualTo(new Summary(1, 0, 0, 1, 0, 0));
    }

    @Test
    void reads_on_after_a_restart_from_the_end_of_a_task_that_was_cancelled_while_it_waited() {
        table.scheduled(task(1), AT, true);
        assertThat(table.oldestRecordMillis(7)).isEqualTo(7);

        ended(1, Outcome.CANCELLED);

        assertThat(table.oldestRecordMillis(7)).isEqualTo(NOW.plusSeconds(1).toEpochMilli());
    }

    @Test
    void counts_a_task_that_was_cancelled_while_it_waited_when_the_totals_cover_all_but_its_end() {
        table.clear(Optional.of(new Snapshot(new Summary(1, 0, 0, 0, 1, 0), Map.of(), 0, false)));
        table.scheduled(task(1), AT, false);
        table.unscheduled(id(1), false);

        table.outcome(outcome(1, Outcome.CANCELLED, 1), AT, true);

        assertThat(table.summary()).isEqualTo(new Summary(1, 0, 0, 1, 0, 0));
    }

    @Test
    void keeps_the_attempts_in_order_when_two_processes_speak_out_of_turn() {
        published(1);
        table.outcome(record(1, TaskState.RUNNING, attempt(2, 200, NOW.plusSeconds(5), null, null)), AT, true);

        table.outcome(
                record(1, TaskState.RETRYING, attempt(1, 100, NOW, NOW.plusSeconds(1), Outcome.FAILED)), AT, true);

        assertThat(table.find(id(1)).state).isEqualTo(TaskState.RUNNING);
        assertThat(table.find(id(1)).attempts).extracting(Attempt::number).containsExactly(1, 2);
    }

    @Test
    void passes_over_a_later_attempt_of_a_task_that_it_has_dropped() {
        table.published(task(1).withAttempt(2), AT, 0, true, false);

        assertThat(table.all()).isEmpty();
        assertThat(table.summary()).isEqualTo(new Summary(0, 0, 0, 0, 0, 0));
    }

    @Test
    void lets_a_dead_task_live_again_and_counts_it_once() {
        published(1);
        ended(1, Outcome.FAILED);
        assertThat(table.summary()).isEqualTo(new Summary(1, 0, 1, 0, 0, 0));

        table.published(task(1).redriven(LaneName.VIRTUAL), AT, 0, true, false);
        assertThat(table.summary()).isEqualTo(new Summary(1, 0, 0, 0, 1, 0));
        assertThat(table.find(id(1)).lane).isEqualTo(LaneName.VIRTUAL);

        table.outcome(secondLife(1, Outcome.SUCCEEDED), AT, true);

        assertThat(table.summary()).isEqualTo(new Summary(1, 1, 0, 0, 0, 0));
        assertThat(TaskView.of(table.find(id(1))).attempts())
                .extracting(Attempt::outcome)
                .containsExactly(Outcome.FAILED, Outcome.SUCCEEDED);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void counts_a_second_life_once_in_whatever_order_its_records_are_read(long seed) {
        List<Runnable> news = new ArrayList<>(List.of(
                () -> ended(1, Outcome.FAILED),
                () -> table.published(task(1).redriven(LaneName.VIRTUAL), AT, 0, true, false),
                () -> table.outcome(secondLife(1, Outcome.SUCCEEDED), AT, true)));
        Collections.shuffle(news, new Random(seed));
        published(1);

        news.forEach(Runnable::run);

        assertThat(table.summary()).isEqualTo(new Summary(1, 1, 0, 0, 0, 0));
    }

    @Test
    void counts_the_second_life_of_a_task_that_it_has_dropped() {
        for (int number = 1; number <= 101; number++) {
            published(number);
            ended(number, Outcome.FAILED, number);
        }
        assertThat(table.find(id(1))).isNull();

        table.published(task(1).redriven(LaneName.VIRTUAL), AT, 0, true, false);
        assertThat(table.summary()).isEqualTo(new Summary(101, 0, 100, 0, 1, 0));
        table.outcome(secondLife(1, Outcome.SUCCEEDED), AT, true);

        assertThat(table.summary()).isEqualTo(new Summary(101, 1, 100, 0, 0, 0));
    }

    /** The places of those that live again, or of which only the end was known, are not taken twice. */
    @Test
    void keeps_as_many_finished_tasks_as_there_are_places() {
        ended(1, Outcome.FAILED);
        table.published(task(1).redriven(LaneName.VIRTUAL), AT, 0, true, false);
        for (int number = 2; number <= 3; number++) {
            published(number);
            ended(number, Outcome.FAILED, number);
            table.published(task(number).redriven(LaneName.VIRTUAL), AT, 0, true, false);
            table.outcome(secondLife(number, Outcome.SUCCEEDED), AT, true);
        }

        for (int number = 4; number <= 110; number++) {
            published(number);
            ended(number, Outcome.SUCCEEDED, number);
        }

        assertThat(table.all().filter(entry -> entry.state.finished())).hasSize(100);
        assertThat(table.find(id(1)).state).isEqualTo(TaskState.QUEUED);
        // They ended last.
        assertThat(table.find(id(2)).state).isEqualTo(TaskState.SUCCEEDED);
        assertThat(table.find(id(12))).isNull();
        assertThat(table.find(id(13)).state).isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    void does_not_go_back_to_running_after_the_end() {
        published(1);
        ended(1, Outcome.SUCCEEDED);

        table.outcome(running(1, 100, NOW), AT, true);

        assertThat(table.find(id(1)).state).isEqualTo(TaskState.SUCCEEDED);
        assertThat(table.find(id(1)).attempts).hasSize(1);
        assertThat(table.summary()).isEqualTo(new Summary(1, 1, 0, 0, 0, 0));
    }

    @Test
    void counts_a_record_that_no_lane_can_read_and_its_end() {
        table.unreadable(id(1), LaneName.THREAD, AT, 0, true);

        ended(1, Outcome.FAILED);

        assertThat(table.summary()).isEqualTo(new Summary(1, 0, 1, 0, 0, 0));
        assertThat(table.find(id(1)).type).isEqualTo("unreadable");
    }

    @Test
    void forgets_ends_whose_task_never_comes() {
        for (int number = 0; number < 50_500; number++) {
            ended(number, Outcome.SUCCEEDED);
        }

        assertThat(table.all()).hasSize(50_000);
        assertThat(table.summary()).isEqualTo(new Summary(0, 0, 0, 0, 0, 0));
    }

    private Entry published(int number) {
        return table.published(task(number), AT, 0, true, false);
    }

    private void ended(int number, Outcome outcome) {
        table.outcome(outcome(number, outcome, 1), AT, true);
    }

    private void ended(int number, Outcome outcome, int endsAfterSeconds) {
        table.outcome(outcome(number, outcome, endsAfterSeconds), AT, true);
    }

    private static OutcomeRecord secondLife(int number, Outcome outcome) {
        return new OutcomeRecord(
                id(number),
                2,
                "noop",
                outcome.state(),
                NOW,
                attempt(100, NOW.plusSeconds(500), NOW.plusSeconds(501), outcome),
                null);
    }

    private static TaskId id(int number) {
        return TaskId.named(Integer.toString(number));
    }

    private static Task task(int number) {
        return new Task(
                id(number), 1, 1, "noop", LaneName.THREAD, null, false, null, Limits.DEFAULT, NOW, null, RawJson.EMPTY);
    }

    private static OutcomeRecord outcome(int number, Outcome outcome, int endsAfterSeconds) {
        return outcome(number, outcome, 100, NOW, endsAfterSeconds);
    }

    private static OutcomeRecord outcome(
            int number, Outcome outcome, long pid, Instant startedAt, int endsAfterSeconds) {
        return record(number, outcome.state(), attempt(pid, startedAt, NOW.plusSeconds(endsAfterSeconds), outcome));
    }

    private static OutcomeRecord running(int number, long pid, Instant startedAt) {
        return record(number, TaskState.RUNNING, attempt(pid, startedAt, null, null));
    }

    private static OutcomeRecord retrying(int number, long pid) {
        return record(number, TaskState.RETRYING, attempt(pid, NOW, NOW.plusSeconds(1), Outcome.FAILED));
    }

    private static OutcomeRecord record(int number, TaskState state, Attempt attempt) {
        return new OutcomeRecord(id(number), 1, "noop", state, NOW, attempt, null);
    }

    private static Attempt attempt(long pid, Instant startedAt, Instant finishedAt, Outcome outcome) {
        return attempt(1, pid, startedAt, finishedAt, outcome);
    }

    private static Attempt attempt(int number, long pid, Instant startedAt, Instant finishedAt, Outcome outcome) {
        return new Attempt(
                number, LaneName.THREAD, new Place("host", pid, "thread", false), startedAt, finishedAt, outcome, null);
    }
}
