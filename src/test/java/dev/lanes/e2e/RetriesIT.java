package dev.lanes.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks that are tried again, and tasks that wait for their time. */
final class RetriesIT {
    private final RunningLanes lanes = RunningLanes.shared();

    @ParameterizedTest
    @ValueSource(strings = {"sequential", "reactive", "thread", "virtual", "process"})
    void a_task_that_fails_at_first_is_tried_again_and_each_attempt_is_kept(String lane) {
        String id = lanes.publish("fail", lane, "{\"message\":\"not yet\",\"times\":1}");

        JsonNode task = lanes.end(id);

        assertThat(task.get("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(texts(task, "outcome")).containsExactly("FAILED", "SUCCEEDED");
        assertThat(texts(task, "number")).containsExactly("1", "2");
        assertThat(task.at("/attempts/0/error").asText()).contains("not yet");
        // A second, less up to half of it by chance.
        assertThat(between(task, 0, 1)).isBetween(Duration.ofMillis(500), Duration.ofMillis(1500));
    }

    @Test
    void a_task_says_until_when_it_waits_to_be_tried_again() {
        String id = lanes.publish("fail", "virtual", "{\"message\":\"not yet\",\"times\":2}");

        JsonNode waiting = await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> lanes.get("/api/tasks/" + id).body(), task -> task.has("notBefore"));

        assertThat(waiting.get("state").asText()).isEqualTo("RETRYING");
        JsonNode task = lanes.end(id);
        int tried = waiting.get("attempts").size();
        assertThat(Instant.parse(task.at("/attempts/" + tried + "/startedAt").asText()))
                .isAfterOrEqualTo(Instant.parse(waiting.get("notBefore").asText()));
    }

    @Test
    void a_task_is_dead_when_its_attempts_are_used_up() {
        JsonNode task = lanes.end(
                submit("{\"type\":\"fail\",\"lane\":\"virtual\",\"maxAttempts\":2,\"payload\":{\"message\":\"no\"}}"));

        assertThat(task.get("state").asText()).isEqualTo("DEAD");
        assertThat(texts(task, "outcome")).containsExactly("FAILED", "FAILED");
        assertThat(task.get("error").asText()).contains("no");
    }

    @Test
    void a_handler_can_say_that_trying_again_would_not_help() {
        JsonNode task = lanes.end(lanes.publish("fail", "virtual", "{\"permanent\":true}"));

        assertThat(task.get("state").asText()).isEqualTo("DEAD");
        assertThat(task.get("attempts")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reactive", "process"})
    void a_task_waits_for_its_time_and_then_runs(String lane) {
        String id = submit("{\"type\":\"noop\",\"lane\":\"%s\",\"delayMs\":1500}".formatted(lane));
        JsonNode waiting = lanes.get("/api/tasks/" + id).body();
        assertThat(waiting.get("state").asText()).isEqualTo("SCHEDULED");
        Instant due = Instant.parse(waiting.get("submittedAt").asText()).plusMillis(1500);
        assertThat(Instant.parse(waiting.get("notBefore").asText())).isEqualTo(due);

        JsonNode task = lanes.end(id);

        assertThat(task.get("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(task.has("notBefore")).isFalse();
        assertThat(started(task)).isAfterOrEqualTo(due);
    }

    /** That of most, as a machine that does other things too may be late now and then. */
    @ParameterizedTest
    @ValueSource(strings = {"sequential", "reactive", "thread", "virtual", "process"})
    void tasks_run_within_a_quarter_of_a_second_of_their_time_when_there_is_nothing_else_to_do(String lane) {
        lanes.end(lanes.publish("noop", lane, "{}"));
        Instant first = Instant.now().plusSeconds(1).truncatedTo(ChronoUnit.MILLIS);
        Map<String, Instant> due = new LinkedHashMap<>();
        for (int number = 0; number < 11; number++) {
            Instant time = first.plusMillis(number * 137L);
            due.put(submit("{\"type\":\"noop\",\"lane\":\"%s\",\"notBefore\":\"%s\"}".formatted(lane, time)), time);
        }

        List<Duration> lateness = due.entrySet().stream()
                .map(one -> Duration.between(one.getValue(), started(lanes.end(one.getKey()))))
                .sorted()
                .toList();

        assertThat(lateness.getFirst()).isGreaterThanOrEqualTo(Duration.ZERO);
        assertThat(lateness.get(lateness.size() / 2))
                .as("the median of %s", lateness)
                .isLessThan(Duration.ofMillis(250));
    }

    @Test
    void a_task_whose_time_has_passed_runs_at_once() {
        String id = submit("{\"type\":\"noop\",\"lane\":\"virtual\",\"notBefore\":\"2001-01-01T00:00:00Z\"}");

        assertThat(lanes.end(id).get("state").asText()).isEqualTo("SUCCEEDED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"delayMs\":-1 | delayMs",
                "\"delayMs\":1e3 | delayMs",
                "\"delayMs\":99999999999999 | delayMs",
                "\"notBefore\":\"tomorrow\" | notBefore",
                "\"notBefore\":\"2190-01-01T00:00:00Z\" | notBefore",
                "\"delayMs\":5,\"notBefore\":\"2026-01-01T00:00:00Z\" | delayMs",
                "\"maxAttempts\":0 | maxAttempts",
                "\"maxAttempts\":101 | maxAttempts",
                "\"maxAttempts\":\"3\" | maxAttempts",
            })
    void refuses_what_makes_no_sense(String field, String named) {
        var answer = lanes.post("/api/tasks", "{\"type\":\"noop\"," + field + "}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().toString()).contains(named);
    }

    @Test
    void what_waits_is_still_there_after_the_application_was_killed() {
        try (RunningLanes own = RunningLanes.start(Map.of("lanes.process.count", "0"))) {
            List<String> ids = List.of(
                    own.post("/api/tasks", "{\"type\":\"noop\",\"lane\":\"virtual\",\"delayMs\":4000}")
                            .body()
                            .get("id")
                            .asText(),
                    own.post("/api/tasks", "{\"type\":\"noop\",\"lane\":\"thread\",\"delayMs\":20000}")
                            .body()
                            .get("id")
                            .asText());
            own.app().destroyForcibly().onExit().join();
            own.startApp();

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(ids)
                            .allSatisfy(id -> assertThat(own.get("/api/tasks/" + id)
                                            .body()
                                            .at("/state")
                                            .asText())
                                    .isEqualTo("SUCCEEDED")));
            JsonNode summary = own.get("/api/summary").body();
            assertThat(summary.get("published").asInt()).isEqualTo(2);
            assertThat(summary.get("succeeded").asInt()).isEqualTo(2);
            assertThat(summary.get("pending").asInt()).isZero();
        }
    }

    private String submit(String json) {
        return lanes.post("/api/tasks", json).body().get("id").asText();
    }

    private static List<String> texts(JsonNode task, String field) {
        return RunningLanes.stream(task.get("attempts"))
                .map(attempt -> attempt.get(field).asText())
                .toList();
    }

    private static Instant started(JsonNode task) {
        return Instant.parse(task.at("/attempts/0/startedAt").asText());
    }

    private static Duration between(JsonNode task, int first, int second) {
        return Duration.between(
                Instant.parse(task.at("/attempts/" + first + "/finishedAt").asText()),
                Instant.parse(task.at("/attempts/" + second + "/startedAt").asText()));
    }
}
