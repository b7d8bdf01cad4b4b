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

/** A task at the head of the queue that goes on while more others pass than Kafka lets pass. */
@Tag("long")
final class LongTaskIT {
    /** More than the records that may be locked beyond the first one of an embedded broker. */
    private static final int OTHERS = 12_000;

    private static RunningLanes lanes;

    @BeforeAll
    static void start() {
        lanes = RunningLanes.start(Map.of("lanes.process.count", "2"));
    }

    @AfterAll
    static void stop() {
        lanes.close();
    }

    @Test
    void lets_any_number_of_tasks_pass_and_runs_once() {
        long succeeded = total("succeeded");
        long duplicates = total("duplicates");
        String id = lanes.publish("sleep", "process", "{\"ms\":40000}");
        lanes.publishMany(OTHERS, "noop", "process", "{}");

        await().atMost(Duration.ofSeconds(35)).until(() -> total("succeeded") >= succeeded + OTHERS);
        assertThat(state(id)).isNotEqualTo("SUCCEEDED");

        JsonNode task = lanes.end(id);
        assertThat(task.get("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(task.get("attempts")).hasSize(1);
        assertThat(total("duplicates")).isEqualTo(duplicates);
    }

    @Test
    void is_tried_again_when_its_process_dies_after_it_has_been_taken_out_of_the_way() {
        String id = lanes.publish("sleep", "process", "{\"ms\":20000}");
        lanes.publishMany(2000, "noop", "process", "{}");
        awaitOutOfTheWay();
        assertThat(state(id)).isNotEqualTo("SUCCEEDED");

        lanes.workerPids().forEach(pid -> ProcessHandle.of(pid).orElseThrow().destroyForcibly());

        JsonNode task = await().atMost(Duration.ofSeconds(90))
                .until(
                        () -> lanes.get("/api/tasks/" + id).body(),
                        it -> it.get("state").asText().equals("SUCCEEDED"));
        assertThat(task.get("attempts")).hasSize(2);
        assertThat(task.at("/attempts/0/outcome").asText()).isEqualTo("LOST");
    }

    @Test
    void is_cancelled_by_its_process_also_when_it_has_been_taken_out_of_the_way() {
        String id = lanes.publish("sleep", "process", "{\"ms\":60000}");
        lanes.publishMany(2000, "noop", "process", "{}");
        awaitOutOfTheWay();

        assertThat(lanes.delete("/api/tasks/" + id).status()).isEqualTo(202);

        JsonNode task = lanes.end(id);
        assertThat(task.get("state").asText()).isEqualTo("CANCELLED");
        assertThat(task.get("attempts")).hasSize(1);
        assertThat(task.at("/attempts/0/pid").asLong()).isIn(lanes.workerPids());
    }

    /** All others have ended, and the record of the one that runs is acknowledged. */
    private static void awaitOutOfTheWay() {
        await().atMost(Duration.ofSeconds(15)).until(() -> lag() > 0);
        await().atMost(Duration.ofSeconds(30)).until(() -> total("pending") == 1 && lag() == 0);
    }

    private static long lag() {
        return lanes.lane("process").get("lagRecords").asLong();
    }

    private static long total(String name) {
        return lanes.get("/api/summary").body().get(name).asLong();
    }

    private static String state(String id) {
        return lanes.get("/api/tasks/" + id).body().get("state").asText();
    }
}
