package dev.lanes.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What only the process lane promises: a true queue, and processes that can be lost. */
final class ProcessLaneIT {
    private final RunningLanes lanes = RunningLanes.shared();

    @Test
    void shares_nine_tasks_out_evenly_among_three_processes() {
        lanes.awaitAllWorkersTakingTasks();
        String batch = lanes.publishMany(9, "sleep", "process", "{\"ms\":1000}");

        List<JsonNode> attempts = lanes.ends(batch, 9, Duration.ofSeconds(20)).stream()
                .map(task -> task.get("attempts").get(0))
                .toList();

        assertThat(attempts.stream()
                        .collect(Collectors.groupingBy(
                                attempt -> attempt.get("pid").asLong(), Collectors.counting())))
                .hasSize(3)
                .allSatisfy((pid, count) -> assertThat(count).isEqualTo(3));
        assertThat(Duration.between(first(attempts, "startedAt"), last(attempts, "finishedAt")))
                .isLessThanOrEqualTo(Duration.ofMillis(3600));
    }

    private static Instant first(List<JsonNode> attempts, String field) {
        return times(attempts, field).min(Comparator.naturalOrder()).orElseThrow();
    }

    private static Instant last(List<JsonNode> attempts, String field) {
        return times(attempts, field).max(Comparator.naturalOrder()).orElseThrow();
    }

    private static java.util.stream.Stream<Instant> times(List<JsonNode> attempts, String field) {
        return attempts.stream().map(attempt -> Instant.parse(attempt.get(field).asText()));
    }

    @Test
    void another_process_runs_the_task_of_one_that_is_killed_and_a_new_one_comes() {
        lanes.awaitAllWorkersTakingTasks();
        String id = lanes.publish("sleep", "process", "{\"ms\":3000}");
        JsonNode running = await().atMost(Duration.ofSeconds(10))
                .until(
                        () -> lanes.get("/api/tasks/" + id).body(),
                        task -> task.get("state").asText().equals("RUNNING"));
        long victim = running.at("/attempts/0/pid").asLong();

        ProcessHandle.of(victim).orElseThrow().destroyForcibly();

        await().atMost(Duration.ofSeconds(5))
                .until(() -> lastAttempt(id).get("pid").asLong(), pid -> pid != victim);
        JsonNode task = lanes.end(id);
        assertThat(task.get("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(task.get("attempts")).hasSize(2);
        assertThat(task.at("/attempts/0/outcome").asText()).isEqualTo("LOST");
        await().atMost(Duration.ofSeconds(60))
                .until(lanes::workerPids, pids -> pids.size() == 3 && !pids.contains(victim));
    }

    private JsonNode lastAttempt(String id) {
        JsonNode attempts = lanes.get("/api/tasks/" + id).body().get("attempts");
        return attempts.get(attempts.size() - 1);
    }

    @Test
    void a_task_that_kills_every_process_that_takes_it_lies_with_the_dead_letters_at_last() {
        String id = lanes.publish("crash", "process", "{}");

        JsonNode task = await().atMost(Duration.ofSeconds(90))
                .until(
                        () -> lanes.get("/api/tasks/" + id + "?waitMs=5000").body(),
                        answer -> answer.get("state").asText().equals("DEAD"));

        assertThat(task.get("error").asText()).contains("killed its process");
        await().atMost(Duration.ofSeconds(60)).until(() -> lanes.workerPids().size() == 3);
    }

    @Test
    void counts_in_the_memory_of_each_process_apart() {
        lanes.awaitAllWorkersTakingTasks();
        String batch = lanes.publishMany(60, "count", "process", "{}");

        var countsByPid = lanes.ends(batch, 60, Duration.ofSeconds(30)).stream()
                .map(task -> lanes.end(task.get("id").asText()).get("result"))
                .collect(Collectors.groupingBy(
                        result -> result.get("pid").asLong(),
                        Collectors.mapping(result -> result.get("count").asLong(), Collectors.toSet())));

        assertThat(countsByPid).hasSizeGreaterThanOrEqualTo(2);
        assertThat(countsByPid.values().stream().mapToInt(Set::size).sum()).isEqualTo(60);
        assertThat(countsByPid.keySet()).isSubsetOf(lanes.workerPids());
    }
}
