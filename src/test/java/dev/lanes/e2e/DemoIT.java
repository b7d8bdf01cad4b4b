package dev.lanes.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The demo shows what it is there to show. */
final class DemoIT {
    private final RunningLanes lanes = RunningLanes.shared();

    @Test
    void tells_concurrency_from_parallelism() {
        assertThat(lanes.post("/api/demo", "").status()).isEqualTo(202);
        assertThat(lanes.post("/api/demo", "").status())
                .as("a second at the same time")
                .isEqualTo(409);

        JsonNode report = await().atMost(Duration.ofMinutes(2))
                .until(
                        () -> lanes.get("/api/demo").body(),
                        demo -> !demo.get("state").asText().equals("running"));

        assertThat(report.get("state").asText()).as("%s", report).isEqualTo("finished");
        Map<String, JsonNode> waiting = rows(report, 0);
        assertThat(waiting).hasSize(5);
        assertThat(waiting.get("sequential").get("seconds").asDouble()).isBetween(3.0, 3.4);
        assertThat(waiting.values().stream().filter(row -> row != waiting.get("sequential")))
                .allMatch(row -> row.get("seconds").asDouble() <= 1.5);
        Map<String, JsonNode> computing = rows(report, 1);
        assertThat(computing.get("reactive").get("threads")).hasSize(1);
        assertThat(computing.get("thread").get("threads")).hasSize(3);
        assertThat(computing.get("process").get("processes")).hasSizeGreaterThanOrEqualTo(2);
        // One thread cannot use more than one core; how fast several are depends on who else uses the machine.
        assertThat(computing.get("reactive").get("cpuPerWall").asDouble()).isLessThan(1.4);
    }

    private static Map<String, JsonNode> rows(JsonNode report, int round) {
        return RunningLanes.stream(report.get("rounds").get(round).get("lanes"))
                .collect(Collectors.toMap(row -> row.get("lane").asText(), row -> row));
    }
}
