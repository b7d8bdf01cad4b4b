package dev.lanes.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A task that is wanted no more. */
final class CancelIT {
    private final RunningLanes lanes = RunningLanes.shared();

    @ParameterizedTest
    @CsvSource({
        "sequential, its thread was interrupted",
        "reactive, its subscription was dropped",
        "thread, its thread was interrupted",
        "virtual, its thread was interrupted",
        "process, 'its thread was interrupted, and its process ends if it goes on'"
    })
    void a_running_task_is_stopped_and_says_how(String lane, String how) {
        String id = lanes.publish("sleep", lane, "{\"ms\":60000}");
        await().atMost(Duration.ofSeconds(15))
                .until(() -> task(id).get("state").asText().equals("RUNNING"));

        RunningLanes.Answer answer = cancel(id);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body().get("cancelRequestedAt").asText()).isNotBlank();
        JsonNode task = lanes.end(id);
        assertThat(task.get("state").asText()).isEqualTo("CANCELLED");
        assertThat(task.get("runMs").asDouble()).isLessThan(30_000);
        assertThat(task.at("/attempts/0/outcome").asText()).isEqualTo("CANCELLED");
        assertThat(task.at("/attempts/0/error").asText()).contains(how);
        assertThat(lanes.end(lanes.publish("noop", lane, "{}")).get("state").asText())
                .isEqualTo("SUCCEEDED");
        assertThat(cancel(id).status()).isEqualTo(409);
    }

    @Test
    void a_task_that_waits_for_its_lane_never_runs() {
        String first = lanes.publish("sleep", "sequential", "{\"ms\":2000}");
        String second = lanes.publish("sleep", "sequential", "{\"ms\":1}");

        assertThat(cancel(second).status()).isEqualTo(202);

        JsonNode task = lanes.end(second);
        assertThat(task.get("state").asText()).isEqualTo("CANCELLED");
        assertThat(task.get("error").asText()).contains("before it ran");
        assertThat(lanes.end(first).get("state").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void a_task_that_waits_for_a_blocked_event_loop_ends_at_once_and_never_runs() {
        String blocking = lanes.publish("hash", "reactive", "{\"iterations\":10000000000}");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> task(blocking).get("state").asText().equals("RUNNING"));
        String behind = lanes.publish("sleep", "reactive", "{\"ms\":1}");

        assertThat(cancel(behind).status()).isEqualTo(202);

        JsonNode task = lanes.end(behind);
        assertThat(task.get("state").asText()).isEqualTo("CANCELLED");
        assertThat(task.get("error").asText()).contains("before it ran");
        assertThat(task(blocking).get("state").asText()).isEqualTo("RUNNING");
        cancel(blocking);
        assertThat(lanes.end(blocking).get("state").asText()).isEqualTo("CANCELLED");
        assertThat(lanes.end(lanes.publish("noop", "reactive", "{}"))
                        .get("state")
                        .asText())
                .isEqualTo("SUCCEEDED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"virtual", "process"})
    void a_task_that_waits_for_its_time_ends_at_once(String lane) {
        String id = lanes.post("/api/tasks", "{\"type\":\"noop\",\"lane\":\"" + lane + "\",\"delayMs\":3600000}")
                .body()
                .get("id")
                .asText();

        assertThat(cancel(id).status()).isEqualTo(202);

        assertThat(lanes.end(id).get("state").asText()).isEqualTo("CANCELLED");
    }

    @Test
    void a_task_that_waits_for_its_next_attempt_ends_at_once() {
        String id = lanes.publish("fail", "virtual", "{}");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> task(id).get("state").asText().equals("RETRYING"));

        assertThat(cancel(id).status()).isEqualTo(202);

        assertThat(lanes.end(id).get("state").asText()).isEqualTo("CANCELLED");
    }

    @Test
    void a_wish_stands_for_a_while_whether_its_task_has_been_cancelled_or_is_not_known_yet() {
        String cancelled = lanes.publish("sleep", "virtual", "{\"ms\":60000}");
        cancel(cancelled);
        assertThat(lanes.end(cancelled).get("state").asText()).isEqualTo("CANCELLED");
        String unknown = UUID.randomUUID().toString();
        try (Forger forger = new Forger(lanes.bootstrapServers())) {
            forger.write("lanes.control", "task/" + unknown, Instant.now().toString());
            await().during(Duration.ofSeconds(12))
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(
                                    task(cancelled).path("cancelRequestedAt").isMissingNode())
                            .isFalse());

            forger.write("lanes.tasks.virtual", unknown, "{\"id\":\"" + unknown + "\",\"type\":\"noop\"}");
        }

        JsonNode task = lanes.end(unknown);
        assertThat(task.get("state").asText()).isEqualTo("CANCELLED");
        assertThat(task.get("error").asText()).contains("before it ran");
    }

    @Test
    void a_task_that_nothing_else_stops_is_ended_with_its_process() {
        String id = lanes.publish("stubborn", "process", "{\"ms\":120000}");
        await().atMost(Duration.ofSeconds(15))
                .until(() -> task(id).get("state").asText().equals("RUNNING"));
        long pid = task(id).at("/attempts/0/pid").asLong();

        cancel(id);

        assertThat(lanes.end(id).get("state").asText()).isEqualTo("CANCELLED");
        await().atMost(Duration.ofSeconds(15))
                .until(() ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
        lanes.awaitAllWorkersTakingTasks();
        assertThat(task(id).get("attempts")).hasSize(1);
    }

    @Test
    void refuses_what_there_is_not() {
        assertThat(cancel(UUID.randomUUID().toString()).status()).isEqualTo(404);
        assertThat(cancel("x").status()).isEqualTo(400);
        String done = lanes.publish("noop", "virtual", "{}");
        lanes.end(done);
        RunningLanes.Answer late = cancel(done);
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.body().get("detail").asText()).contains("SUCCEEDED");
    }

    private RunningLanes.Answer cancel(String id) {
        return lanes.send(HttpRequest.newBuilder(lanes.uri("/api/tasks/" + id)).DELETE());
    }

    private JsonNode task(String id) {
        return lanes.get("/api/tasks/" + id).body();
    }
}
