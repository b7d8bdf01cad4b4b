package dev.lanes.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.task.LaneName;
import dev.lanes.task.Limits;
import dev.lanes.task.RawJson;
import dev.lanes.task.Task;
import dev.lanes.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {
    private static final TopicPartition FIRST = new TopicPartition("tasks", 0);
    private static final TopicPartition SECOND = new TopicPartition("tasks", 1);

    private static final Task TASK = new Task(
            TaskId.create(Instant.EPOCH),
            1,
            1,
            "noop",
            LaneName.THREAD,
            "key",
            true,
            null,
            Limits.DEFAULT,
            Instant.EPOCH,
            null,
            RawJson.EMPTY);

    private final Semaphore room = new Semaphore(100);
    private final Progress progress = new Progress();

    @Test
    void commits_nothing_past_a_task_that_is_not_done_but_says_what_is_done_beyond_it() throws InterruptedException {
        assign(1, FIRST);
        var early = records(FIRST, 100, 110);
        var late = records(FIRST, 110, 120);
        Batch first = take(early);
        Batch second = take(late);

        settle(second, late);
        assertThat(progress.uncommitted()).containsOnly(Map.entry(FIRST, new OffsetAndMetadata(100, "10-19")));

        settle(first, early.subList(0, 4));
        settle(first, early.subList(5, 6));
        assertThat(progress.uncommitted()).containsOnly(Map.entry(FIRST, new OffsetAndMetadata(104, "1-1,6-15")));

        settle(first, early.subList(4, 5));
        settle(first, early.subList(6, 10));
        assertThat(progress.uncommitted()).containsOnly(Map.entry(FIRST, new OffsetAndMetadata(120, "")));
    }

    @Test
    void what_was_done_beyond_the_committed_offset_is_not_run_again() throws InterruptedException {
        progress.assigned(List.of(FIRST), 1, Map.of(FIRST, new OffsetAndMetadata(104, "1-1,6-15")));
        var all = records(FIRST, 104, 124);
        Batch batch = batch(all);

        var fresh = progress.take(all, 1, batch);

        assertThat(fresh)
                .extracting(ConsumerRecord::offset)
                .containsExactly(104L, 106L, 107L, 108L, 109L, 120L, 121L, 122L, 123L);
        settle(batch, fresh.subList(0, 5));
        assertThat(progress.uncommitted()).containsOnly(Map.entry(FIRST, new OffsetAndMetadata(120, "")));
        settle(batch, fresh.subList(5, 9));
        assertThat(progress.uncommitted()).containsOnly(Map.entry(FIRST, new OffsetAndMetadata(124, "")));
    }

    @Test
    void what_was_done_but_has_not_been_read_again_is_still_known_after_another_commit() throws InterruptedException {
        progress.assigned(List.of(FIRST), 1, Map.of(FIRST, new OffsetAndMetadata(100, "50-59")));
        var some = records(FIRST, 100, 110);

        settle(take(some), some);

        assertThat(progress.uncommitted()).containsOnly(Map.entry(FIRST, new OffsetAndMetadata(110, "40-49")));
    }

    @Test
    void a_task_whose_key_is_held_goes_on_with_its_next_attempt_after_a_restart() throws InterruptedException {
        assign(1, FIRST);
        var all = records(FIRST, 100, 110);
        Batch batch = take(all);
        batch.goesOnWith(103, 2);
        batch.goesOnWith(103, 3);
        batch.goesOnWith(104, 2);
        settle(batch, all.subList(0, 2));
        settle(batch, all.subList(4, 5));
        OffsetAndMetadata committed = progress.uncommitted().get(FIRST);
        assertThat(committed).isEqualTo(new OffsetAndMetadata(102, "1x3,2-2"));

        progress.assigned(List.of(FIRST), 2, Map.of(FIRST, committed));
        var again = records(FIRST, 102, 110);
        Batch next = batch(again);
        assertThat(progress.uncommitted()).as("nothing is forgotten meanwhile").isEmpty();
        progress.take(again, 2, next);

        assertThat(next.goneOn(again.get(0), TASK).attempt()).isEqualTo(1);
        assertThat(next.goneOn(again.get(1), TASK).attempt()).isEqualTo(3);
        assertThat(progress.uncommitted()).containsOnly(Map.entry(FIRST, committed));
        settle(next, again.subList(0, 2));
        assertThat(progress.uncommitted()).containsOnly(Map.entry(FIRST, new OffsetAndMetadata(105, "")));
    }

    @Test
    void what_has_not_been_read_again_keeps_its_attempt() throws InterruptedException {
        progress.assigned(List.of(FIRST), 1, Map.of(FIRST, new OffsetAndMetadata(100, "0x2,50x3")));
        var some = records(FIRST, 100, 110);

        settle(take(some), some);

        assertThat(progress.uncommitted()).containsOnly(Map.entry(FIRST, new OffsetAndMetadata(110, "40x3")));
    }

    @Test
    void leaves_room_for_what_is_done_beside_many_attempts() throws InterruptedException {
        assign(1, FIRST);
        for (int from = 0; from < 64 * 20; from += 64) {
            var some = records(FIRST, from, from + 64);
            Batch batch = take(some);
            some.forEach(record -> batch.goesOnWith(record.offset(), 2));
            settle(batch, some.subList(1, 2));
        }

        OffsetAndMetadata next = progress.uncommitted().get(FIRST);

        assertThat(next.metadata()).startsWith("0x2,2x2,").contains("1217-1217").hasSizeLessThan(4096);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "somebody else's", "9-3", "1-99999999", "-5", "1-999999999999999999999"})
    void runs_all_when_what_was_committed_is_no_text_of_ours(String metadata) {
        progress.assigned(List.of(FIRST), 1, Map.of(FIRST, new OffsetAndMetadata(100, metadata)));
        var some = records(FIRST, 100, 110);

        assertThat(progress.take(some, 1, batch(some))).isEqualTo(some);
    }

    @Test
    void says_no_more_than_kafka_takes() throws InterruptedException {
        assign(1, FIRST);
        var all = records(FIRST, 0, 64 * 200);
        for (int from = 0; from < all.size(); from += 64) {
            var some = all.subList(from, from + 64);
            Batch batch = take(some);
            for (int n = 1; n < some.size(); n += 2) {
                settle(batch, some.subList(n, n + 1));
            }
        }

        OffsetAndMetadata next = progress.uncommitted().get(FIRST);

        assertThat(next.offset()).isZero();
        assertThat(next.metadata()).startsWith("1-1,3-3,5-5,").hasSizeBetween(3000, 4096);
    }

    @Test
    void offers_what_kafka_did_not_take_again() throws InterruptedException {
        assign(1, FIRST, SECOND);
        settle(take(records(FIRST, 0, 10)), records(FIRST, 0, 10));
        settle(take(records(SECOND, 0, 5)), records(SECOND, 0, 5));

        var refused = progress.uncommitted();
        assertThat(progress.uncommitted()).isEqualTo(refused).hasSize(2);

        progress.committed(refused);
        assertThat(progress.uncommitted()).isEmpty();
    }

    @Test
    void takes_no_records_that_were_read_before_their_partition_came_anew() {
        var some = records(FIRST, 0, 10);
        assign(1, FIRST);
        progress.revoked(List.of(FIRST));
        assertThat(progress.take(some, 1, batch(some))).isEmpty();

        assign(3, FIRST);
        assertThat(progress.take(some, 1, batch(some))).isEmpty();
        assertThat(progress.take(some, 3, batch(some))).hasSize(10);
    }

    @Test
    void takes_records_of_a_partition_that_stays_while_the_group_changes() {
        assign(1, FIRST);
        assign(2, SECOND);

        assertThat(progress.take(records(FIRST, 0, 10), 1, batch(records(FIRST, 0, 10))))
                .hasSize(10);
        assertThat(progress.take(records(FIRST, 10, 20), 2, batch(records(FIRST, 10, 20))))
                .hasSize(10);
    }

    @Test
    void gives_up_what_does_not_run_and_only_in_partitions_that_leave() throws InterruptedException {
        assign(1, FIRST, SECOND);
        Batch leaves = take(records(FIRST, 0, 10));
        Batch stays = take(records(SECOND, 0, 10));
        assertThat(leaves.beginOne()).isTrue();

        progress.finish(List.of(FIRST), Duration.ofMillis(20));

        assertThat(leaves.beginOne()).isFalse();
        assertThat(leaves.isUnderWay()).as("the one that runs").isTrue();
        assertThat(stays.beginOne()).isTrue();
        leaves.settle(records(FIRST, 0, 1).getFirst());
        assertThat(leaves.isUnderWay()).isFalse();
        assertThat(room.availablePermits())
                .as("all but the one of the partition that stays")
                .isEqualTo(99);
    }

    private void assign(int generation, TopicPartition... partitions) {
        progress.assigned(List.of(partitions), generation, Map.of());
    }

    private Batch take(List<ConsumerRecord<byte[], byte[]>> records) {
        Batch batch = batch(records);
        assertThat(progress.take(records, 1, batch)).isEqualTo(records);
        return batch;
    }

    private Batch batch(List<ConsumerRecord<byte[], byte[]>> records) {
        return new Batch(records, room, () -> {});
    }

    private static void settle(Batch batch, List<ConsumerRecord<byte[], byte[]>> records) throws InterruptedException {
        for (var record : records) {
            assertThat(batch.beginOne()).isTrue();
            batch.settle(record);
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(TopicPartition partition, long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(offset -> new ConsumerRecord<>(
                        partition.topic(), partition.partition(), offset, new byte[0], new byte[0]))
                .toList();
    }
}
