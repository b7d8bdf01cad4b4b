package dev.lanes.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lanes.task.LaneName;
import dev.lanes.task.Limits;
import dev.lanes.task.RawJson;
import dev.lanes.task.Task;
import dev.lanes.task.TaskId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class OutcomesTest {
    private final MockProducer<byte[], byte[]> kafka =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final Topics topics = new Topics("lanes");
    private final Outcomes outcomes = new Outcomes(kafka, topics, Duration.ofMillis(10));
    private final AtomicInteger acknowledged = new AtomicInteger();

    @Test
    void sends_a_record_again_that_kafka_has_refused_until_kafka_has_it() {
        outcomes.send("lanes.outcomes", "id", new byte[] {1}, acknowledged::incrementAndGet);

        for (int refusals = 1; refusals <= 3; refusals++) {
            kafka.errorNext(new TopicAuthorizationException("lanes.outcomes"));
            int sent = refusals + 1;
            await().untilAsserted(() -> assertThat(kafka.history()).hasSize(sent));
        }

        assertThat(acknowledged).hasValue(0);
        kafka.completeNext();
        assertThat(acknowledged).hasValue(1);
    }

    @Test
    void a_task_of_a_queue_is_settled_only_when_nothing_says_any_more_that_it_runs() {
        Starts starts = new Starts(new KafkaClients(Map.of(), new SimpleMeterRegistry()), topics, outcomes);
        Task task = task();
        var said = starts.begin(task, 2);
        kafka.completeNext();
        assertThat(said).isCompleted();

        starts.end(task.id(), acknowledged::incrementAndGet);

        await().untilAsserted(() -> assertThat(kafka.history()).hasSize(2));
        assertThat(acknowledged).hasValue(0);
        kafka.completeNext();
        assertThat(kafka.history().getLast().value()).isNull();
        assertThat(acknowledged).hasValue(1);
    }

    @Test
    void a_task_of_which_nothing_was_said_is_settled_at_once() {
        Starts starts = new Starts(new KafkaClients(Map.of(), new SimpleMeterRegistry()), topics, outcomes);

        starts.end(task().id(), acknowledged::incrementAndGet);

        assertThat(acknowledged).hasValue(1);
        assertThat(kafka.history()).isEmpty();
    }

    private static Task task() {
        Instant now = Instant.now();
        return new Task(
                TaskId.create(now),
                1,
                1,
                "noop",
                LaneName.PROCESS,
                null,
                false,
                null,
                Limits.DEFAULT,
                now,
                null,
                RawJson.EMPTY);
    }
}
