package dev.lanes.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Worker processes that are replaced when they have done enough. */
@Tag("long")
final class RecyclingIT {
    @Test
    void a_process_makes_room_for_another_after_so_many_tasks_and_loses_none() {
        try (RunningLanes lanes =
                RunningLanes.start(Map.of("lanes.process.count", "2", "lanes.process.max-tasks", "30"))) {
            String batch = lanes.publishMany(150, "sleep", "process", "{\"ms\":10}");

            List<JsonNode> tasks = lanes.ends(batch, 150, Duration.ofSeconds(90));

            assertThat(tasks).allMatch(task -> task.get("attempts").size() == 1);
            Map<Long, Long> byPid = tasks.stream()
                    .collect(Collectors.groupingBy(
                            task -> task.at("/attempts/0/pid").asLong(), Collectors.counting()));
            assertThat(byPid).hasSizeGreaterThanOrEqualTo(4);
            // What a process has in hand when it is enough, it finishes.
            assertThat(byPid.values()).allMatch(count -> count < 30 + 50);
            assertNobodyWasRestarted(lanes);
        }
    }

    @Test
    void a_process_makes_room_for_another_when_it_takes_too_much_memory_and_loses_no_task() {
        // Less than any takes, so that each goes after its first task: by then it is time to look again.
        try (RunningLanes lanes =
                RunningLanes.start(Map.of("lanes.process.count", "2", "lanes.process.max-rss", "16M"))) {
            String batch = lanes.publishMany(4, "sleep", "process", "{\"ms\":1100}");

            List<JsonNode> tasks = lanes.ends(batch, 4, Duration.ofSeconds(90));

            assertThat(tasks).allMatch(task -> task.get("state").asText().equals("SUCCEEDED"));
            assertThat(tasks).allMatch(task -> task.get("attempts").size() == 1);
            assertThat(tasks.stream()
                            .map(task -> task.at("/attempts/0/pid").asLong())
                            .distinct())
                    .hasSizeGreaterThanOrEqualTo(3);
            assertNobodyWasRestarted(lanes);
        }
    }

    /** To go as configured is not to fail. */
    private static void assertNobodyWasRestarted(RunningLanes lanes) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                RunningLanes.stream(lanes.get("/api/processes").body()))
                        .allMatch(process -> process.get("restarts").asInt() == 0));
    }
}
