package dev.lanes.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockShareConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HandTest {
    private static final Duration SOON = Duration.ofMillis(20);

    private final List<ConsumerRecord<byte[], byte[]>> records = LongStream.range(0, 3)
            .mapToObj(offset -> new ConsumerRecord<>("lanes.tasks.process", 0, offset, new byte[0], new byte[0]))
            .toList();
    private final Hand hand = new Hand(
            new MockShareConsumer<>(),
            new ConsumerRecords<>(Map.of(new TopicPartition("lanes.tasks.process", 0), records), Map.of()));

    @Test
    void the_next_begins_while_the_one_before_is_not_settled() throws InterruptedException {
        assertThat(hand.awaitTurn(2, SOON)).isTrue();
    }

    @Test
    void none_begins_behind_one_that_holds_up_others_until_it_and_those_before_are_settled()
            throws InterruptedException {
        hand.holdUpOthers();
        settle(0);
        assertThat(hand.awaitTurn(1, SOON)).isFalse();

        hand.settled(records.get(1));
        assertThat(hand.isSettled(records.get(1))).isTrue();
        assertThat(hand.awaitTurn(1, SOON))
                .as("Kafka may still say that it runs")
                .isFalse();
        hand.goOn();

        assertThat(hand.awaitTurn(1, SOON)).isTrue();
        assertThat(hand.awaitSettled(SOON)).isFalse();
        settle(2);
        assertThat(hand.awaitSettled(SOON)).isTrue();
    }

    @Test
    @Timeout(10)
    void whoever_waits_is_woken_when_the_last_is_settled() throws InterruptedException {
        Thread owner = Thread.currentThread();
        Thread producer = Thread.startVirtualThread(() -> {
            settle(0);
            settle(1);
            while (owner.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            settle(2);
        });

        assertThat(hand.awaitSettled(Duration.ofMinutes(1))).isTrue();
        producer.join();
    }

    private void settle(int record) {
        hand.settled(records.get(record));
        hand.goOn();
    }
}
