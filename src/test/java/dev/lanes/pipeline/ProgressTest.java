package dev.lanes.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final TopicPartition FIRST = new TopicPartition("tasks", 0);
    private static final TopicPartition SECOND = new TopicPartition("tasks", 1);

    private final Semaphore span = new Semaphore(100);
    private final Progress progress = new Progress();

    @Test
    void commits_nothing_past_a_batch_that_is_not_done() throws InterruptedException {
        progress.assigned(List.of(FIRST), 1);
        Batch early = take(FIRST, 0, 10);
        Batch late = take(FIRST, 10, 20);

        settle(late, 10);
        assertThat(progress.uncommitted()).isEmpty();

        settle(early, 9);
        assertThat(progress.uncommitted()).isEmpty();

        settle(early, 1);
        assertThat(progress.uncommitted()).containsOnly(Map.entry(FIRST, new OffsetAndMetadata(20)));
    }

    @Test
    void offers_what_kafka_did_not_take_again() throws InterruptedException {
        progress.assigned(List.of(FIRST, SECOND), 1);
        settle(take(FIRST, 0, 10), 10);
        settle(take(SECOND, 0, 5), 5);

        var refused = progress.uncommitted();
        assertThat(progress.uncommitted()).isEqualTo(refused).hasSize(2);

        progress.committed(refused);
        assertThat(progress.uncommitted()).isEmpty();
    }

    @Test
    void takes_no_records_that_were_read_before_their_partition_came_anew() {
        progress.assigned(List.of(FIRST), 1);
        progress.revoked(List.of(FIRST));
        assertThat(progress.take(records(FIRST, 0, 10), 1, batch(10))).isFalse();

        progress.assigned(List.of(FIRST), 3);
        assertThat(progress.take(records(FIRST, 0, 10), 1, batch(10))).isFalse();
        assertThat(progress.take(records(FIRST, 0, 10), 3, batch(10))).isTrue();
    }

    @Test
    void takes_records_of_a_partition_that_stays_while_the_group_changes() {
        progress.assigned(List.of(FIRST), 1);
        progress.assigned(List.of(SECOND), 2);

        assertThat(progress.take(records(FIRST, 0, 10), 1, batch(10))).isTrue();
        assertThat(progress.take(records(FIRST, 10, 20), 2, batch(10))).isTrue();
    }

    @Test
    void gives_up_what_does_not_run_and_only_in_partitions_that_leave() throws InterruptedException {
        progress.assigned(List.of(FIRST, SECOND), 1);
        Batch leaves = take(FIRST, 0, 10);
        Batch stays = take(SECOND, 0, 10);
        assertThat(leaves.beginOne()).isTrue();

        progress.finish(List.of(FIRST), Duration.ofMillis(20));

        assertThat(leaves.beginOne()).isFalse();
        assertThat(leaves.isUnderWay()).as("the one that runs").isTrue();
        assertThat(stays.beginOne()).isTrue();
        leaves.settleOne();
        assertThat(leaves.isUnderWay()).isFalse();
        assertThat(span.availablePermits())
                .as("all but the one of the partition that stays")
                .isEqualTo(99);
    }

    private Batch take(TopicPartition partition, long from, long to) {
        Batch batch = batch((int) (to - from));
        assertThat(progress.take(records(partition, from, to), 1, batch)).isTrue();
        return batch;
    }

    private Batch batch(int size) {
        return new Batch(size, span, () -> {});
    }

    private static void settle(Batch batch, int records) throws InterruptedException {
        for (int n = 0; n < records; n++) {
            assertThat(batch.beginOne()).isTrue();
            batch.settleOne();
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(TopicPartition partition, long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(offset -> new ConsumerRecord<>(
                        partition.topic(), partition.partition(), offset, new byte[0], new byte[0]))
                .toList();
    }
}
