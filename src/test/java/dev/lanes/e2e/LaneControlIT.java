package dev.lanes.e2e;

import static dev.lanes.e2e.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lanes are paused, resumed and resized while they run. */
final class LaneControlIT {
    private static final List<String> LANES = List.of("sequential", "reactive", "thread", "virtual", "process");

    private final RunningLanes lanes = RunningLanes.shared();

    @AfterEach
    void resumeAll() {
        LANES.forEach(lane -> patch(lane, "{\"paused\":false}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sequential", "reactive", "thread", "virtual", "process"})
    void a_paused_lane_finishes_what_it_runs_and_takes_no_more_until_it_is_resumed(String lane) {
        String running = lanes.publish("sleep", lane, "{\"ms\":1500}");
        await().atMost(Duration.ofSeconds(15)).until(() -> state(running).equals("RUNNING"));

        assertThat(patch(lane, "{\"paused\":true}").status()).isEqualTo(200);

        assertThat(lanes.lane(lane).get("paused").asBoolean()).isTrue();
        assertThat(lanes.end(running).get("state").asText()).isEqualTo("SUCCEEDED");
        String waiting = lanes.publish("noop", lane, "{}");
        String other = lanes.publish("noop", lane.equals("virtual") ? "thread" : "virtual", "{}");
        assertThat(lanes.end(other).get("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(state(waiting)).isEqualTo("QUEUED");
        patch(lane, "{\"paused\":false}");
        JsonNode resumed = lanes.end(waiting);
        assertThat(resumed.get("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(resumed.get("attempts")).hasSize(1);
    }

    @Test
    void what_waited_for_its_place_when_a_lane_was_paused_waits_until_it_is_resumed() {
        String batch = lanes.publishMany(3, "sleep", "sequential", "{\"ms\":1000}");
        await().atMost(Duration.ofSeconds(15)).until(() -> count(batch, "RUNNING") == 1);

        patch("sequential", "{\"paused\":true}");

        await().atMost(Duration.ofSeconds(15)).until(() -> count(batch, "SUCCEEDED") == 1);
        await().during(Duration.ofMillis(1500))
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(count(batch, "QUEUED")).isEqualTo(2));
        patch("sequential", "{\"paused\":false}");
        assertThat(lanes.ends(batch, 3, Duration.ofSeconds(20))).hasSize(3);
    }

    /** For longer than Kafka's locks on what they have taken last. */
    @Test
    @Tag("long")
    void what_busy_worker_processes_have_taken_runs_once_however_long_their_lane_is_paused() {
        lanes.awaitAllWorkersTakingTasks();
        // So that they have learnt to take several at a time.
        lanes.ends(lanes.publishMany(3000, "noop", "process", "{}"), 3000, Duration.ofSeconds(60));
        long duplicates = duplicates();
        String batch = lanes.publishMany(20_000, "noop", "process", "{}");
        await().atMost(Duration.ofSeconds(15)).until(() -> count(batch, "SUCCEEDED") > 0);

        patch("process", "{\"paused\":true}");

        await().during(Duration.ofSeconds(35))
                .atMost(Duration.ofSeconds(45))
                .until(() -> lanes.lane("process").get("paused").asBoolean());
        assertThat(lanes.tasks(batch, "SUCCEEDED")).hasSizeLessThan(20_000);
        patch("process", "{\"paused\":false}");
        assertThat(lanes.ends(batch, 20_000, Duration.ofSeconds(120)))
                .allSatisfy(task -> assertThat(task.get("attempts")).hasSize(1));
        assertThat(duplicates()).isEqualTo(duplicates);
    }

    private long duplicates() {
        return lanes.get("/api/summary").body().get("duplicates").asLong();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reactive", "thread", "virtual"})
    void a_lane_has_as_many_tasks_in_flight_as_it_is_told(String lane) {
        int before = lanes.lane(lane).get("concurrency").asInt();
        try {
            patch(lane, "{\"concurrency\":2}");
            assertThat(mostAtOnce(lane)).isEqualTo(2);
            patch(lane, "{\"concurrency\":5}");
            assertThat(mostAtOnce(lane)).isEqualTo(5);
        } finally {
            patch(lane, "{\"concurrency\":" + before + "}");
        }
    }

    @Test
    void there_are_as_many_worker_processes_as_are_wanted() {
        int before = lanes.lane("process").get("concurrency").asInt();
        try {
            patch("process", "{\"concurrency\":1}");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> lanes.workerPids().size() == 1);
            assertThat(lanes.lane("process").get("wantedConcurrency").asInt()).isEqualTo(1);
            String only = lanes.publish("noop", "process", "{}");
            assertThat(lanes.workerPids())
                    .contains(lanes.end(only).at("/attempts/0/pid").asLong());
        } finally {
            patch("process", "{\"concurrency\":" + before + "}");
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> lanes.workerPids().size() == before);
        lanes.awaitAllWorkersTakingTasks();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "thread | {\"concurrency\":0} | concurrency",
                "thread | {\"concurrency\":-3} | concurrency",
                "thread | {\"concurrency\":1000000} | concurrency",
                "thread | {\"concurrency\":2.5} | concurrency",
                "thread | {\"concurrency\":\"many\"} | concurrency",
                "process | {\"concurrency\":65} | concurrency",
                "sequential | {\"concurrency\":2} | concurrency",
                "thread | {\"paused\":\"yes please\"} | paused",
                "thread | {\"colour\":\"red\"} | colour",
            })
    void refuses_what_makes_no_sense(String lane, String json, String field) {
        assertProblem(patch(lane, json), 400, field);
    }

    @Test
    void refuses_what_says_nothing_and_lanes_that_there_are_not() {
        assertThat(patch("thread", "{}").status()).isEqualTo(400);
        assertThat(patch("thread", "").status()).isEqualTo(400);
        assertThat(patch("thread", "[]").status()).isEqualTo(400);
        assertThat(patch("fast", "{\"paused\":true}").status()).isEqualTo(404);
    }

    @Test
    void passes_over_garbage_in_the_control_topic() {
        try (Forger forger = new Forger(lanes.bootstrapServers())) {
            forger.write("lanes.control", "lane/thread", "no json");
            forger.write("lanes.control", "lane/thread", "{\"concurrency\":-1}");
            forger.write("lanes.control", "lane/", "{}");
            forger.write("lanes.control", "task/x", "now");
            forger.write("lanes.control", "", "");
        }

        assertThat(patch("thread", "{\"paused\":false}").status()).isEqualTo(200);
        assertThat(lanes.end(lanes.publish("noop", "thread", "{}")).get("state").asText())
                .isEqualTo("SUCCEEDED");
    }

    /** How many of a batch's runs overlapped at most. */
    private int mostAtOnce(String lane) {
        String batch = lanes.publishMany(20, "sleep", lane, "{\"ms\":100}");
        List<JsonNode> attempts = lanes.ends(batch, 20, Duration.ofSeconds(30)).stream()
                .map(task -> task.at("/attempts/0"))
                .toList();
        return attempts.stream()
                .map(attempt -> time(attempt, "startedAt"))
                .mapToInt(start -> (int) attempts.stream()
                        .filter(other -> !time(other, "startedAt").isAfter(start)
                                && time(other, "finishedAt").isAfter(start))
                        .count())
                .max()
                .orElse(0);
    }

    private int count(String batch, String state) {
        return lanes.get("/api/tasks?batch=" + batch + "&state=" + state)
                .body()
                .get("tasks")
                .size();
    }

    private static Instant time(JsonNode attempt, String field) {
        return Instant.parse(attempt.get(field).asText());
    }

    private String state(String id) {
        return lanes.get("/api/tasks/" + id).body().path("state").asText();
    }

    private RunningLanes.Answer patch(String lane, String json) {
        return lanes.send(HttpRequest.newBuilder(lanes.uri("/api/lanes/" + lane))
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(json)));
    }
}
