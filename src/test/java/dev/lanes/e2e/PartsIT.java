package dev.lanes.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartsIT {
    @ParameterizedTest
    @ValueSource(strings = {"/q/openapi", "/q/swagger-ui/"})
    void the_api_describes_itself(String path) {
        assertThat(RunningLanes.shared().get(path).status()).isEqualTo(200);
    }

    @Test
    void the_description_holds_the_calls() {
        assertThat(RunningLanes.shared().get("/q/openapi").response().body()).contains("/api/tasks:", "/api/races:");
    }

    @Test
    void a_process_without_the_api_says_that_it_is_elsewhere() throws Exception {
        RunningLanes kafka = RunningLanes.shared();
        try (RunningLanes lane = RunningLanes.start(Map.of(
                "kafka.bootstrap.servers", kafka.bootstrapServers(),
                "lanes.kafka.embedded", "false",
                "lanes.topics.prefix", "parts",
                "lanes.run", "sequential",
                "lanes.process.count", "0"))) {
            for (String path : new String[] {"/api/summary", "/q/openapi", "/q/swagger-ui/", "/"}) {
                assertThat(lane.get(path).status()).as(path).isEqualTo(503);
                assertThat(lane.get(path).response().body()).as(path).contains("runs sequential", "ask the one");
            }
            assertThat(lane.get("/q/metrics").status()).isEqualTo(200);
        }
    }
}
