package dev.lanes.pipeline;

import dev.lanes.task.Attempt;
import dev.lanes.task.Outcome;
import dev.lanes.task.Task;
import dev.lanes.task.TaskState;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * What becomes of a task that its queue delivers again. A delivery is not an attempt: the task may have been given back
 * before it was begun, or have waited in the hand of a process that died. But one that kills its process must not do so
 * for ever.
 */
@Singleton
final class Redelivery {
    /** So often a task may have been tried without anybody having said that it begins: more than that cannot be told. */
    private static final int MAX_UNSAID = 1;
    /** Kafka forgets a record in silence after five deliveries, unless it is told otherwise. */
    private static final int LAST_SAFE_DELIVERY = 4;
    /** How often the task of a record that has been written again may have been tried before that. */
    private static final String TRIES = "lanes-tries";

    private static final int MAX_TRIES = 1000;

    private final Starts starts;
    private final Outcomes outcomes;
    private final Retries retries;

    Redelivery(Starts starts, Outcomes outcomes, PipelineConfig config) {
        this.starts = starts;
        this.outcomes = outcomes;
        this.retries = config.retries();
    }

    /**
     * Reads which tasks have been begun, where some of these may have been.
     *
     * @throws KafkaException when Kafka does not tell
     */
    void read(Collection<ConsumerRecord<byte[], byte[]>> records) {
        if (records.stream().anyMatch(Redelivery::mayHaveBegun)) {
            starts.read();
        }
    }

    /**
     * Decides whether a task runs here and now, and says in Kafka that it begins where somebody may have to know that.
     * When not, {@code settled} is called as soon as Kafka has what becomes of it instead. For records that have been
     * {@link #read}.
     */
    boolean runs(ConsumerRecord<byte[], byte[]> record, Task task, LaneMeter meter, Runnable settled) {
        Optional<Start> begun =
                mayHaveBegun(record) ? starts.find(task.id()).filter(start -> start.isOf(task)) : Optional.empty();
        if (begun.isPresent()) {
            lose(record, task, begun.get(), meter, settled);
            return false;
        }
        if (deliveries(record) > LAST_SAFE_DELIVERY) {
            enqueue(record, task, settled);
            return false;
        }
        if (says(record, task)) {
            begin(record, task).join();
        }
        return true;
    }

    /** Whether it has to be said in Kafka that a task begins, should it run here. */
    boolean says(ConsumerRecord<byte[], byte[]> record, Task task) {
        return triesBefore(record) >= Math.min(retries.maxAttempts(task) - 1, MAX_UNSAID) || task.attempt() > 1;
    }

    /** Says that a task begins here; the future ends when Kafka has it. */
    CompletableFuture<Void> begin(ConsumerRecord<byte[], byte[]> record, Task task) {
        return starts.begin(task, triesBefore(record));
    }

    /**
     * Gives back a task that has not been begun. Kafka itself can take back one that it has delivered once only: each
     * time brings it nearer to the deliveries after which it is forgotten.
     */
    void giveBack(ConsumerRecord<byte[], byte[]> record, Task task, Hand hand, Runnable settled) {
        if (deliveries(record) == 1) {
            hand.giveBack(record);
        } else {
            enqueue(record, task, settled);
        }
    }

    private void enqueue(ConsumerRecord<byte[], byte[]> record, Task task, Runnable settled) {
        byte[] tries = Integer.toString(triesBefore(record)).getBytes(StandardCharsets.UTF_8);
        Header header = new RecordHeader(TRIES, tries);
        outcomes.enqueue(
                task, Schedule.hasWaited(record) ? List.of(header, Schedule.mark()) : List.of(header), settled);
    }

    /** How often the task may have been tried before this delivery, by processes that died then. */
    private static int triesBefore(ConsumerRecord<byte[], byte[]> record) {
        Header earlier = record.headers().lastHeader(TRIES);
        int before = 0;
        if (earlier != null && earlier.value() != null) {
            try {
                before = Integer.parseInt(new String(earlier.value(), StandardCharsets.UTF_8));
            } catch (NumberFormatException foreign) {
                // None of ours says that.
            }
        }
        return Math.clamp(before, 0, MAX_TRIES) + deliveries(record) - 1;
    }

    private static boolean mayHaveBegun(ConsumerRecord<byte[], byte[]> record) {
        return triesBefore(record) > 0 || Schedule.hasWaited(record);
    }

    /** How often Kafka has delivered a record, this time included. */
    private static int deliveries(ConsumerRecord<byte[], byte[]> record) {
        return record.deliveryCount().orElse((short) 1);
    }

    /** The process that had begun it is gone: another attempt, or none. */
    private void lose(
            ConsumerRecord<byte[], byte[]> record, Task task, Start start, LaneMeter meter, Runnable settled) {
        Instant now = Instant.now();
        // One before, of which nothing is known, may have ended in the same way; from the second on all is known.
        int unsaid = task.attempt() > 1 ? 0 : Math.min(start.triesBefore(), MAX_UNSAID);
        int attempts = task.attempt() + unsaid;
        boolean last = attempts >= retries.maxAttempts(task);
        String error = last ? "killed its process, in up to " + attempts + " attempts" : "its process died";
        Attempt lost = new Attempt(task.attempt(), task.lane(), start.place(), start.at(), now, Outcome.LOST, error);
        OutcomeRecord outcome = new OutcomeRecord(
                task.id(),
                task.generation(),
                task.type(),
                last ? TaskState.DEAD : TaskState.RETRYING,
                task.submittedAt(),
                lost,
                null);
        meter.ended(
                task.type(),
                Outcome.LOST,
                Duration.between(task.readyAt(), start.at()),
                Duration.between(start.at(), now));
        if (last) {
            outcomes.publish(DeadLetter.of(outcome, record), outcome, () -> starts.forget(task.id(), settled));
        } else {
            outcomes.publish(task.withAttempt(attempts + 1), outcome, settled);
        }
    }
}
