package dev.lanes.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A task that blocks the reactive lane's loop hurts its neighbours in the lane, and nobody else. */
final class ReactiveLoopIT {
    private final RunningLanes lanes = RunningLanes.shared();

    @Test
    void a_task_that_blocks_the_loop_leaves_rest_health_and_the_other_lanes_alone() {
        long iterations = iterationsForSeconds(5);
        long blockedBefore = lanes.lane("reactive").get("loopBlockedMs").asLong();
        JsonNode blocking = lanes.post(
                        "/api/tasks",
                        "{\"type\":\"hash\",\"lane\":\"reactive\",\"payload\":{\"iterations\":" + iterations + "}}")
                .body();
        String id = blocking.get("id").asText();
        await().until(() ->
                lanes.get("/api/tasks/" + id).body().get("state").asText().equals("RUNNING"));
        String neighbour = lanes.publish("noop", "reactive", "{}");

        List<JsonNode> others =
                lanes.ends(lanes.publishMany(50, "sleep", "virtual", "{\"ms\":5}"), 50, Duration.ofSeconds(10));
        int health = lanes.get("/q/health/live").status();
        JsonNode still = lanes.get("/api/tasks/" + id).body();

        assertThat(blocking.get("warnings").get(0).asText()).contains("blocks the lane's event loop");
        assertThat(still.get("state").asText())
                .as("the blocking task, when the others were done")
                .isEqualTo("RUNNING");
        assertThat(health).isEqualTo(200);
        assertThat(others).allMatch(task -> task.get("waitMs").asDouble() < 2000);
        JsonNode hurt = lanes.end(neighbour);
        assertThat(hurt.get("waitMs").asDouble()).isGreaterThan(2000);
        double ran = lanes.end(id).get("runMs").asDouble();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> lanes.lane("reactive").get("loopBlockedMs").asLong() - blockedBefore > 0.8 * ran);
        assertThat(lanes.get("/q/metrics").body().asText())
                .contains("lanes_event_loop_blocked_seconds_total{lane=\"reactive\"}");
    }

    private long iterationsForSeconds(int seconds) {
        long iterations = 100_000;
        double ms = 0;
        // The first runs are slower, until the code has been compiled.
        for (int run = 0; run < 4; run++) {
            String id = lanes.publish("hash", "sequential", "{\"iterations\":" + iterations + "}");
            ms = lanes.end(id).get("runMs").asDouble();
        }
        return Math.round(iterations * seconds * 1000 / ms);
    }
}
