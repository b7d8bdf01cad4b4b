package dev.lanes.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handlers in this process that nothing stops. */
@Tag("long")
final class LeftBehindIT {
    private static RunningLanes lanes;

    @BeforeAll
    static void start() {
        lanes = RunningLanes.start(Map.of("lanes.lab", "true", "lanes.process.count", "0"));
    }

    @AfterAll
    static void stop() {
        lanes.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sequential", "reactive"})
    void a_lane_with_one_thread_goes_on_without_the_one_that_it_has_lost(String lane) {
        String stuck = publish(lane, "{\"ms\":9000}");
        String next = lanes.publish("sleep", lane, "{\"ms\":5}");

        assertThat(lanes.end(stuck).at("/attempts/0/outcome").asText()).isEqualTo("TIMED_OUT");
        assertThat(lanes.end(next).get("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(next(lane)).isEqualTo("SUCCEEDED");
    }

    @Test
    void what_waits_behind_a_task_that_blocks_the_event_loop_for_ever_runs_on_another() {
        String stuck = publish("reactive", "{\"ms\":600000}", 3000);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> lanes.get("/api/tasks/" + stuck)
                        .body()
                        .get("state")
                        .asText()
                        .equals("RUNNING"));
        String batch = lanes.publishMany(50, "sleep", "reactive", "{\"ms\":5}");

        assertThat(lanes.ends(batch, 50, Duration.ofSeconds(20)))
                .extracting(task -> task.get("state").asText())
                .containsOnly("SUCCEEDED");

        assertThat(lanes.end(stuck).at("/attempts/0/outcome").asText()).isEqualTo("TIMED_OUT");
        assertThat(complaint("reactive")).isEmpty();
        assertThat(next("reactive")).isEqualTo("SUCCEEDED");
    }

    @Test
    void the_fifth_makes_the_process_unready_until_one_comes_back() {
        for (int number = 0; number < 5; number++) {
            lanes.end(publish("thread", "{\"ms\":9000}"));
        }

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(complaint("thread")).contains("restart this process"));
        assertThat(next("thread")).isEqualTo("SUCCEEDED");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(complaint("thread")).isEmpty());
    }

    @Test
    void a_virtual_thread_that_spins_cannot_be_replaced() {
        lanes.end(publish("virtual", "{\"ms\":10000,\"spin\":true}"));

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(complaint("virtual")).isNotEmpty());
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(complaint("virtual")).isEmpty());
    }

    private static String publish(String lane, String payload) {
        return publish(lane, payload, 300);
    }

    private static String publish(String lane, String payload, int timeoutMs) {
        return lanes.post(
                        "/api/tasks",
                        "{\"type\":\"stubborn\",\"lane\":\"%s\",\"payload\":%s,\"timeoutMs\":%d,\"maxAttempts\":1}"
                                .formatted(lane, payload, timeoutMs))
                .body()
                .get("id")
                .asText();
    }

    private static String next(String lane) {
        return lanes.end(lanes.publish("noop", lane, "{}")).get("state").asText();
    }

    private static String complaint(String lane) {
        JsonNode checks = lanes.get("/q/health/ready").body().get("checks");
        return RunningLanes.stream(checks)
                .map(check -> check.path("data").path(lane).asText())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }
}
