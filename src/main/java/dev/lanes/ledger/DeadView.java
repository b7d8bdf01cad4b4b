package dev.lanes.ledger;

import dev.lanes.task.LaneName;
import dev.lanes.task.TaskId;
import java.time.Instant;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as it is listed, without the record that it holds.
 *
 * @param lane the one on which the task died; null where the record lay elsewhere
 * @param reason the beginning of it
 * @param partition where the letter lies
 */
public record DeadView(
        TaskId id,
        int generation,
        String type,
        @Nullable LaneName lane,
        String reason,
        Instant at,
        TopicPartition partition,
        long offset) {}
