package dev.lanes.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every lane promises. A new lane passes this before anybody publishes to it. */
final class LaneContractIT {
    private static final String DIGEST_OF_10_000 = "02e2189693bbad22707f8410de6d60959c490bd761419ffb2007e76d1c7dd657";

    private final RunningLanes lanes = RunningLanes.shared();

    @ParameterizedTest
    @ValueSource(strings = {"sequential", "reactive", "thread", "virtual", "process"})
    void runs_a_thousand_waiting_tasks_each_once_and_in_its_own_way(String lane) {
        String batch = lanes.publishMany(1000, "sleep", lane, "{\"ms\":20}");

        List<JsonNode> tasks = lanes.ends(batch, 1000, Duration.ofSeconds(60));

        assertThat(tasks).allMatch(task -> task.get("state").asText().equals("SUCCEEDED"));
        assertThat(tasks).allMatch(task -> task.get("attempts").size() == 1);
        assertThat(tasks).allMatch(task -> task.get("runMs").asDouble() >= 20);
        assertRanAs(
                lane, tasks.stream().map(task -> task.get("attempts").get(0)).toList());
    }

    private void assertRanAs(String lane, List<JsonNode> attempts) {
        Set<Long> pids =
                attempts.stream().map(attempt -> attempt.get("pid").asLong()).collect(Collectors.toSet());
        Set<String> threads =
                attempts.stream().map(attempt -> attempt.get("thread").asText()).collect(Collectors.toSet());
        boolean virtual = attempts.stream()
                .allMatch(attempt -> attempt.get("virtualThread").asBoolean());
        switch (lane) {
            case "sequential" -> assertThat(threads).containsExactly("lanes-sequential");
            case "reactive" -> assertThat(threads).containsExactly("lanes-reactive-loop");
            case "thread" -> assertThat(threads).hasSizeBetween(2, 16);
            case "virtual" -> assertThat(threads).hasSize(1000);
            case "process" -> assertThat(pids).hasSizeGreaterThanOrEqualTo(2).doesNotContain(lanes.pid());
            default -> throw new IllegalArgumentException(lane);
        }
        assertThat(virtual).isEqualTo(lane.equals("virtual"));
        if (!lane.equals("process")) {
            assertThat(pids).containsExactly(lanes.pid());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sequential", "reactive", "thread", "virtual", "process"})
    void computes_the_same_digest_as_every_other(String lane) {
        String batch = lanes.publishMany(8, "hash", lane, "{\"iterations\":10000}");

        List<JsonNode> tasks = lanes.ends(batch, 8, Duration.ofSeconds(30));

        assertThat(tasks)
                .extracting(task ->
                        lanes.end(task.get("id").asText()).at("/result/digest").asText())
                .hasSize(8)
                .containsOnly(DIGEST_OF_10_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sequential", "reactive", "thread", "virtual", "process"})
    void says_why_a_task_failed_and_goes_on(String lane) {
        String failing = lanes.publish("fail", lane, "{\"message\":\"no such luck\",\"permanent\":true}");
        String following = lanes.publish("noop", lane, "{}");

        JsonNode failed = lanes.end(failing);
        assertThat(failed.get("state").asText()).isEqualTo("DEAD");
        assertThat(failed.get("error").asText()).contains("no such luck");
        assertThat(failed.at("/attempts/0/outcome").asText()).isEqualTo("FAILED");
        assertThat(lanes.end(following).get("state").asText()).isEqualTo("SUCCEEDED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sequential", "reactive", "thread", "virtual", "process"})
    void ends_a_task_whose_time_is_up_and_goes_on(String lane) {
        String slow = lanes.post(
                        "/api/tasks",
                        "{\"type\":\"sleep\",\"payload\":{\"ms\":20000},\"timeoutMs\":300,\"maxAttempts\":1,\"lane\":\""
                                + lane + "\"}")
                .body()
                .get("id")
                .asText();
        String following = lanes.publish("noop", lane, "{}");

        JsonNode task = lanes.end(slow);
        assertThat(task.at("/attempts/0/outcome").asText()).isEqualTo("TIMED_OUT");
        assertThat(task.get("runMs").asDouble()).isBetween(300.0, 2000.0);
        assertThat(lanes.end(following).get("state").asText()).isEqualTo("SUCCEEDED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sequential", "reactive", "thread", "virtual", "process"})
    void says_that_a_task_is_running_while_it_runs(String lane) {
        String id = lanes.publish("sleep", lane, "{\"ms\":1500}");

        await().atMost(Duration.ofSeconds(10))
                .until(() -> lanes.get("/api/tasks/" + id)
                        .body()
                        .get("state")
                        .asText()
                        .equals("RUNNING"));
        assertThat(lanes.end(id).get("attempts")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sequential", "reactive", "thread", "virtual", "process"})
    void refuses_a_result_over_the_limit(String lane) {
        String tile = "{\"x\":-2,\"y\":-1.25,\"width\":2.5,\"pixels\":512,\"maxIterations\":10}";
        String id = lanes.publish("mandelbrot", lane, tile);

        JsonNode task = lanes.end(id);
        assertThat(task.get("state").asText()).isEqualTo("DEAD");
        assertThat(task.get("error").asText()).contains("result too large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reactive", "thread", "virtual", "process"})
    void lets_no_slow_task_hold_up_others_for_which_there_is_room(String lane) {
        String slow = lanes.publish("sleep", lane, "{\"ms\":9000}");
        String batch = lanes.publishMany(50, "sleep", lane, "{\"ms\":5}");

        lanes.ends(batch, 50, Duration.ofSeconds(9));

        assertThat(lanes.get("/api/tasks/" + slow).body().get("state").asText()).isIn("QUEUED", "RUNNING");
        assertThat(lanes.end(slow).get("state").asText()).isEqualTo("SUCCEEDED");
    }
}
