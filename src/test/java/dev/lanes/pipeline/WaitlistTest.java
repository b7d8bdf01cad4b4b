package dev.lanes.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.task.LaneName;
import dev.lanes.task.Limits;
import dev.lanes.task.RawJson;
import dev.lanes.task.Task;
import dev.lanes.task.TaskId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class WaitlistTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final TopicPartition ONE = new TopicPartition("scheduled", 1);
    private static final TopicPartition OTHER = new TopicPartition("scheduled", 2);

    private final Waitlist list = new Waitlist(250);

    @Test
    void gives_those_whose_time_has_come_the_first_one_first() {
        put("late", 3, ONE, 0);
        put("soon", 1, ONE, 1);
        put("later", 2, OTHER, 0);

        assertThat(due(0)).isEmpty();
        assertThat(list.next()).contains(NOW.plusSeconds(1));
        assertThat(due(2)).containsExactly("soon", "later");
        assertThat(due(3)).containsExactly("late");
        assertThat(list.next()).isEmpty();
    }

    @Test
    void forgets_what_has_been_taken_away_or_replaced() {
        put("gone", 1, ONE, 0);
        put("moved", 1, ONE, 1);
        list.remove("gone");
        put("moved", 5, ONE, 2);

        assertThat(due(4)).isEmpty();
        assertThat(due(5)).containsExactly("moved");
    }

    @Test
    void forgets_what_has_gone_to_another_owner() {
        put("mine", 1, ONE, 0);
        put("theirs", 1, OTHER, 0);
        list.removeAllOf(List.of(OTHER));

        assertThat(due(9)).containsExactly("mine");
    }

    @Test
    void holds_no_more_than_there_is_room_for_and_uses_room_again() {
        put("first", 1, ONE, 0);
        put("second", 2, ONE, 1);
        put("third", 3, ONE, 2);

        assertThat(list.pollDue(NOW.plusSeconds(9)).orElseThrow().task()).isNotNull();
        put("fourth", 4, ONE, 3);

        assertThat(list.pollDue(NOW.plusSeconds(9)).orElseThrow().task()).isNotNull();
        Waitlist.Waiting third = list.pollDue(NOW.plusSeconds(9)).orElseThrow();
        assertThat(third.task()).isNull();
        assertThat(third.offset()).isEqualTo(2);
        assertThat(list.pollDue(NOW.plusSeconds(9)).orElseThrow().task()).isNotNull();
    }

    @Test
    void does_not_take_a_task_that_runs_meanwhile_for_one_that_waits() {
        String lease = Schedule.leaseKey(TaskId.named("long"));
        put(lease, 1, ONE, 0);

        assertThat(list.take(TaskId.named(lease))).isEmpty();
        assertThat(due(1)).containsExactly(lease);
    }

    private void put(String key, int seconds, TopicPartition partition, long offset) {
        Task task = new Task(
                TaskId.named(key),
                1,
                1,
                "noop",
                LaneName.THREAD,
                null,
                false,
                null,
                Limits.DEFAULT,
                NOW,
                NOW.plusSeconds(seconds),
                RawJson.EMPTY);
        list.put(key, task, partition, offset, 100);
    }

    private List<String> due(int seconds) {
        List<String> keys = new ArrayList<>();
        for (var due = list.pollDue(NOW.plusSeconds(seconds));
                due.isPresent();
                due = list.pollDue(NOW.plusSeconds(seconds))) {
            keys.add(due.get().key());
        }
        return keys;
    }
}
