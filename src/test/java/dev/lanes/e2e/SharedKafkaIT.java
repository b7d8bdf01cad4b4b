package dev.lanes.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("long")
final class SharedKafkaIT {
    @Test
    void two_pipelines_with_different_prefixes_share_a_kafka_and_nothing_else() {
        RunningLanes first = RunningLanes.shared();
        long publishedBefore = published(first);
        try (RunningLanes second = RunningLanes.start(Map.of(
                "kafka.bootstrap.servers", first.bootstrapServers(),
                "lanes.kafka.embedded", "false",
                "lanes.topics.prefix", "second",
                "lanes.process.count", "1"))) {
            for (String lane : new String[] {"sequential", "reactive", "thread", "virtual", "process"}) {
                String batch = second.publishMany(10, "noop", lane, "{}");

                assertThat(second.ends(batch, 10, Duration.ofSeconds(20)))
                        .allMatch(task -> task.get("state").asText().equals("SUCCEEDED"));
            }
            assertThat(published(second)).isEqualTo(50);
        }
        assertThat(published(first)).isEqualTo(publishedBefore);
    }

    @Test
    void two_instances_of_one_pipeline_show_the_same() {
        try (RunningLanes first = RunningLanes.start(Map.of("lanes.process.count", "0"));
                RunningLanes second = RunningLanes.start(Map.of(
                        "kafka.bootstrap.servers", first.bootstrapServers(),
                        "lanes.kafka.embedded", "false",
                        "lanes.process.count", "1"))) {
            List<String> batches = new ArrayList<>();
            for (String lane : new String[] {"sequential", "reactive", "thread", "virtual", "process"}) {
                batches.add(first.publishMany(50, "noop", lane, "{}"));
                batches.add(second.publishMany(50, "fail", lane, "{\"times\":1}"));
                batches.add(second.publishMany(5, "fail", lane, "{\"permanent\":true}"));
            }
            String cancelled = second.publish("sleep", "virtual", "{\"ms\":60000}");
            assertThat(first.delete("/api/tasks/" + cancelled).status()).isEqualTo(202);

            await().atMost(Duration.ofSeconds(60)).until(() -> pending(first) == 0 && pending(second) == 0);

            assertThat(summary(second)).isEqualTo(summary(first));
            assertThat(summary(first))
                    .containsEntry("published", 5 * 105 + 1L)
                    .containsEntry("dead", 25L)
                    .containsEntry("cancelled", 1L);
            assertThat(second.end(cancelled)).isEqualTo(first.end(cancelled));
            for (String batch : batches) {
                assertThat(tasks(second, batch)).isEqualTo(tasks(first, batch)).isNotEmpty();
            }
        }
    }

    /** Both serve REST, and share all lanes; what one was given, the other tells of soon. */
    @Test
    void two_instances_of_one_pipeline_tell_the_same_of_each_task_under_load() throws Exception {
        try (RunningLanes first = RunningLanes.start(Map.of("lanes.process.count", "1"));
                RunningLanes second = RunningLanes.start(Map.of(
                        "kafka.bootstrap.servers", first.bootstrapServers(),
                        "lanes.kafka.embedded", "false",
                        "lanes.process.count", "1"));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // One batch at a time each: more than Kafka takes on a small machine is refused, as it should be.
            List<Future<List<String>>> published = Stream.of(first, second)
                    .map(lanes -> threads.submit(() -> publishOnEveryLane(lanes)))
                    .toList();
            for (int number = 0; number < 20; number++) {
                String id = first.publish("noop", "virtual", "{}");
                String cancelled = second.publish("sleep", "virtual", "{\"ms\":600000}");
                await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                    assertThat(second.get("/api/tasks/" + id).status()).isEqualTo(200);
                    assertThat(first.delete("/api/tasks/" + cancelled).status()).isEqualTo(202);
                });
            }
            List<String> batches = new ArrayList<>();
            for (Future<List<String>> some : published) {
                batches.addAll(some.get());
            }

            long all = 2 * 5 * 1560 + 40;
            await().atMost(Duration.ofSeconds(120))
                    .untilAsserted(() -> assertThat(List.of(summary(first), summary(second)))
                            .allSatisfy(summary -> assertThat(summary)
                                    .containsEntry("published", all)
                                    .containsEntry("pending", 0L)));

            assertThat(summary(second)).isEqualTo(summary(first));
            assertThat(summary(first)).containsEntry("dead", 100L).containsEntry("cancelled", 20L);
            for (String batch : batches) {
                assertThat(tasks(second, batch)).isEqualTo(tasks(first, batch)).isNotEmpty();
            }
        }
    }

    private static List<String> publishOnEveryLane(RunningLanes lanes) {
        return Stream.of("sequential", "reactive", "thread", "virtual", "process")
                .flatMap(lane -> Stream.of(
                        lanes.publishMany(1500, "noop", lane, "{}"),
                        lanes.publishMany(50, "fail", lane, "{\"times\":1}"),
                        lanes.publishMany(10, "fail", lane, "{\"permanent\":true}")))
                .toList();
    }

    private static Map<String, Long> summary(RunningLanes lanes) {
        JsonNode summary = lanes.get("/api/summary").body();
        return Stream.of("published", "succeeded", "dead", "cancelled", "pending", "duplicates")
                .collect(Collectors.toMap(
                        Function.identity(), name -> summary.get(name).asLong()));
    }

    private static long pending(RunningLanes lanes) {
        return summary(lanes).get("pending");
    }

    private static Set<JsonNode> tasks(RunningLanes lanes, String batch) {
        return Set.copyOf(lanes.tasksIn(batch, "SUCCEEDED", "DEAD"));
    }

    private static long published(RunningLanes lanes) {
        return lanes.get("/api/summary").body().get("published").asLong();
    }
}
