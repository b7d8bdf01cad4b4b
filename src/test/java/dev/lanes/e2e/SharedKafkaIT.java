package dev.lanes.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
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

    private static long published(RunningLanes lanes) {
        return lanes.get("/api/summary").body().get("published").asLong();
    }
}
