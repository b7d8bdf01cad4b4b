package dev.lanes.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.task.LaneName;
import dev.lanes.task.Task;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** What the record of a redriven task has from the one with which it died. */
final class RedriveTest {
    private static final Instant WRITTEN = Instant.parse("2026-01-31T12:00:00Z");
    private static final Topics TOPICS = new Topics("lanes");

    private final RecordHeaders headers = new RecordHeaders();

    @Test
    void keeps_the_key_by_which_its_publisher_gave_it_a_partition() throws Malformed {
        assertThat(redriven("customer 7").key()).isEqualTo("customer 7".getBytes(UTF_8));
    }

    @Test
    void has_the_key_of_the_task_where_the_letter_knows_none() throws Malformed {
        ProducerRecord<byte[], byte[]> redriven = redriven(null);

        assertThat(new String(redriven.key(), UTF_8)).isEqualTo(task(null).id().toString());
    }

    @Test
    void keeps_the_headers_of_its_publisher_and_none_of_ours() throws Malformed {
        headers.add("traceparent", "00-1".getBytes(UTF_8))
                .add(Schedule.mark())
                .add("lanes-tries", "2".getBytes(UTF_8))
                .add("ce_id", "5".getBytes(UTF_8));

        assertThat(redriven(null).headers()).extracting(Header::key).containsExactly("traceparent", "ce_id");
    }

    @Test
    void was_submitted_when_it_first_came() throws Malformed {
        assertThat(task(null).submittedAt()).isEqualTo(WRITTEN);
    }

    private ProducerRecord<byte[], byte[]> redriven(String key) throws Malformed {
        return Redrive.record(letter(key), task(key), TOPICS);
    }

    private Task task(String key) throws Malformed {
        return TaskJson.read(letter(key).original()).redriven(LaneName.VIRTUAL);
    }

    /** As it is read again: of a record that somebody wrote who gave neither id nor time. */
    private DeadLetter letter(String key) throws Malformed {
        ConsumerRecord<byte[], byte[]> original = new ConsumerRecord<>(
                "lanes.tasks.thread",
                3,
                41,
                WRITTEN.toEpochMilli(),
                TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                key == null ? null : key.getBytes(UTF_8),
                "{\"type\":\"noop\"}".getBytes(UTF_8),
                headers,
                Optional.empty());
        DeadLetter letter = new DeadLetter(
                TaskJson.idOf(original), 1, "noop", "no luck", WRITTEN.plusSeconds(60), List.of(), original);
        ProducerRecord<byte[], byte[]> sent = letter.record(TOPICS.dead());
        return DeadLetter.read(new ConsumerRecord<>(
                sent.topic(),
                0,
                0,
                WRITTEN.plusSeconds(60).toEpochMilli(),
                TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                sent.key(),
                sent.value(),
                sent.headers(),
                Optional.empty()));
    }
}
