package dev.lanes.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing of ours outlives the application, and nothing is forgotten when it comes back. */
final class SurvivalIT {
    private static final List<String> LANES = List.of("sequential", "reactive", "thread", "virtual", "process");

    @Test
    void leaves_nothing_behind_when_killed_and_answers_for_every_task_when_it_is_back() {
        try (RunningLanes lanes = RunningLanes.start(java.util.Map.of())) {
            List<String> done = new ArrayList<>();
            LANES.forEach(lane -> done.add(lanes.publish("noop", lane, "{}")));
            done.forEach(id -> assertThat(lanes.end(id).get("state").asText()).isEqualTo("SUCCEEDED"));
            List<String> running = new ArrayList<>();
            LANES.forEach(lane -> running.add(lanes.publish("sleep", lane, "{\"ms\":3000}")));
            await().until(() -> state(lanes, running.getFirst()).equals("RUNNING"));
            List<ProcessHandle> children = lanes.children();
            assertThat(children).hasSize(4);

            lanes.app().destroyForcibly();

            await().atMost(Duration.ofSeconds(10)).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
            await().atMost(Duration.ofSeconds(10)).until(() -> free(lanes.port()) && free(lanes.kafkaPort()));
            lanes.startApp();
            assertThat(done).allSatisfy(id -> assertThat(state(lanes, id)).isEqualTo("SUCCEEDED"));
            assertThat(running)
                    .allSatisfy(id ->
                            assertThat(lanes.end(id).get("state").asText()).isEqualTo("SUCCEEDED"));
            assertAddsUp(lanes.get("/api/summary").body(), 10);
        }
    }

    @Test
    void hands_back_what_it_has_not_finished_when_it_is_stopped() {
        try (RunningLanes lanes = RunningLanes.start(java.util.Map.of("lanes.process.count", "0"))) {
            String slow = lanes.publish("sleep", "thread", "{\"ms\":8000}");
            String quick = lanes.publish("sleep", "virtual", "{\"ms\":1200}");
            await().until(() ->
                    state(lanes, slow).equals("RUNNING") && state(lanes, quick).equals("RUNNING"));
            List<ProcessHandle> children = lanes.children();

            lanes.close();

            await().atMost(Duration.ofSeconds(10)).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
            lanes.startApp();
            assertThat(lanes.end(quick).get("attempts"))
                    .as("the quick task ended in time")
                    .hasSize(1);
            assertThat(lanes.end(slow).get("state").asText()).isEqualTo("SUCCEEDED");
            assertAddsUp(lanes.get("/api/summary").body(), 2);
        }
    }

    private static void assertAddsUp(JsonNode summary, int published) {
        assertThat(summary.get("published").asInt()).isEqualTo(published);
        assertThat(summary.get("succeeded").asInt()).isEqualTo(published);
        assertThat(summary.get("pending").asInt()).isZero();
    }

    private static String state(RunningLanes lanes, String id) {
        return lanes.get("/api/tasks/" + id).body().path("state").asText();
    }

    private static boolean free(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return !socket.isConnected();
        } catch (IOException refused) {
            return true;
        }
    }
}
