package dev.lanes.e2e;

import static dev.lanes.e2e.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks of one key run one after the other, in the order in which they came. */
final class OrderIT {
    private final RunningLanes lanes = RunningLanes.shared();
    private final String key = "order-" + UUID.randomUUID();

    @ParameterizedTest
    @ValueSource(strings = {"sequential", "reactive", "thread", "virtual"})
    void keeps_the_order_of_each_key_and_lets_other_keys_run_beside_it(String lane) {
        StringBuilder lines = new StringBuilder();
        for (int number = 0; number < 60; number++) {
            lines.append("{\"type\":\"sleep\",\"payload\":{\"ms\":%d},\"lane\":\"%s\",\"key\":\"%s-%d\"}\n"
                    .formatted(20 - number / 3, lane, key, number % 3));
        }
        String batch = lanes.postLines(lines.toString()).body().get("batch").asText();
        List<JsonNode> tasks = lanes.ends(batch, 60, Duration.ofSeconds(30));

        for (int one = 0; one < 3; one++) {
            assertOneAfterTheOther(inOrderOfSubmission(tasks, key + "-" + one));
        }
        if (!lane.equals("sequential")) {
            assertThat(overlapping(tasks)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reactive", "thread", "virtual"})
    void holds_the_key_for_a_task_that_is_to_be_tried_again(String lane) {
        String failing = publish("fail", "{\"times\":1}", lane, key);
        String following = publish("noop", "{}", lane, key);
        String beside = publish("noop", "{}", lane, key + "-2");

        JsonNode first = lanes.end(failing);
        JsonNode second = lanes.end(following);

        assertThat(first.get("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(first.get("attempts")).hasSize(2);
        assertThat(second.get("attempts")).hasSize(1);
        assertThat(time(second, 0, "startedAt")).isAfterOrEqualTo(time(first, 1, "finishedAt"));
        assertThat(time(lanes.end(beside), 0, "finishedAt")).isBefore(time(first, 1, "startedAt"));
    }

    @Test
    void gives_the_order_up_for_a_task_whose_next_attempt_is_far_away_and_says_so() {
        try (RunningLanes slow = RunningLanes.start(
                Map.of("lanes.backoff", "120S", "lanes.max-backoff", "120S", "lanes.process.count", "0"))) {
            String failing = publish(slow, "fail", "{\"message\":\"no\"}", "virtual", key);
            String following = publish(slow, "noop", "{}", "virtual", key);

            assertThat(slow.end(following).get("state").asText()).isEqualTo("SUCCEEDED");
            await().untilAsserted(() -> {
                JsonNode task = slow.get("/api/tasks/" + failing).body();
                assertThat(task.get("state").asText()).isEqualTo("RETRYING");
                assertThat(task.at("/attempts/0/error").asText()).contains("no", "others of its key go first");
            });
        }
    }

    @Test
    void a_task_for_which_its_key_is_held_ends_at_once_when_it_is_cancelled_and_keeps_its_attempts_over_a_restart() {
        try (RunningLanes slow = RunningLanes.start(Map.of("lanes.backoff", "25S", "lanes.process.count", "0"))) {
            long before = slow.pid();
            String unwanted = publish(slow, "fail", "{}", "thread", key);
            String following = publish(slow, "noop", "{}", "thread", key);
            String failing = publish(slow, "fail", "{\"times\":1}", "virtual", key);
            String last = publish(slow, "noop", "{}", "virtual", key);
            awaitRetrying(slow, unwanted);
            awaitRetrying(slow, failing);

            slow.delete("/api/tasks/" + unwanted);

            await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
                assertThat(state(slow, unwanted)).isEqualTo("CANCELLED");
                assertThat(state(slow, following)).isEqualTo("SUCCEEDED");
            });
            slow.stopApp();
            slow.startApp();

            JsonNode task = slow.end(failing);
            assertThat(task.get("state").asText()).isEqualTo("SUCCEEDED");
            assertThat(task.get("attempts"))
                    .extracting(
                            attempt -> attempt.get("number").asInt(),
                            attempt -> attempt.get("pid").asLong())
                    .containsExactly(tuple(1, before), tuple(2, slow.pid()));
            assertThat(time(slow.end(last), 0, "startedAt")).isAfterOrEqualTo(time(task, 1, "finishedAt"));
            assertThat(slow.end(last).get("attempts")).hasSize(1);
        }
    }

    private static void awaitRetrying(RunningLanes of, String id) {
        await().atMost(Duration.ofSeconds(10)).until(() -> state(of, id).equals("RETRYING"));
    }

    private static String state(RunningLanes of, String id) {
        return of.get("/api/tasks/" + id).body().path("state").asText();
    }

    @Test
    void process_refuses_a_key_unless_its_order_does_not_matter() {
        String task = "{\"type\":\"noop\",\"lane\":\"process\",\"key\":\"k\"%s}";

        assertProblem(lanes.post("/api/tasks", task.formatted("")), 422, "key");
        assertProblem(lanes.post("/api/tasks", task.formatted(",\"ordered\":true")), 422, "key");
        assertProblem(lanes.post("/api/tasks", task.formatted(",\"ordered\":\"no\"")), 400, "ordered");
        String id = lanes.post("/api/tasks", task.formatted(",\"ordered\":false"))
                .body()
                .get("id")
                .asText();
        assertThat(lanes.end(id).get("state").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void a_record_of_process_that_asks_for_order_goes_to_the_dead_letters() {
        String id = UUID.randomUUID().toString();
        try (Forger forger = new Forger(lanes.bootstrapServers())) {
            forger.write("lanes.tasks.process", "k", "{\"id\":\"%s\",\"type\":\"noop\",\"key\":\"k\"}".formatted(id));
        }

        await().atMost(Duration.ofSeconds(10))
                .until(() -> lanes.get("/api/dead/" + id).status() == 200);
        assertThat(lanes.get("/api/dead/" + id).body().get("reason").asText()).contains("ordered");
    }

    private static void assertOneAfterTheOther(List<JsonNode> tasks) {
        assertThat(tasks).hasSize(20);
        for (int later = 1; later < tasks.size(); later++) {
            assertThat(time(tasks.get(later), 0, "startedAt"))
                    .isAfterOrEqualTo(time(tasks.get(later - 1), 0, "finishedAt"));
        }
    }

    /** By how long each sleeps: those that come later sleep less. */
    private static List<JsonNode> inOrderOfSubmission(List<JsonNode> tasks, String key) {
        List<JsonNode> ofKey = new ArrayList<>(tasks.stream()
                .filter(task -> task.get("key").asText().equals(key))
                .toList());
        ofKey.sort(java.util.Comparator.comparing(task -> -RunningLanes.shared()
                .get("/api/tasks/" + task.get("id").asText())
                .body()
                .at("/payload/ms")
                .asInt()));
        return ofKey;
    }

    private static boolean overlapping(List<JsonNode> tasks) {
        return tasks.stream()
                .anyMatch(one -> tasks.stream()
                        .anyMatch(other -> other != one
                                && time(one, 0, "startedAt").isBefore(time(other, 0, "startedAt"))
                                && time(other, 0, "startedAt").isBefore(time(one, 0, "finishedAt"))));
    }

    private String publish(String type, String payload, String lane, String ofKey) {
        return publish(lanes, type, payload, lane, ofKey);
    }

    private static String publish(RunningLanes to, String type, String payload, String lane, String ofKey) {
        return to.post(
                        "/api/tasks",
                        "{\"type\":\"%s\",\"payload\":%s,\"lane\":\"%s\",\"key\":\"%s\"}"
                                .formatted(type, payload, lane, ofKey))
                .body()
                .get("id")
                .asText();
    }

    private static Instant time(JsonNode task, int attempt, String field) {
        return Instant.parse(task.at("/attempts/" + attempt + "/" + field).asText());
    }
}
