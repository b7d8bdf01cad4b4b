package dev.lanes.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HeartbeatsTest {
    private static final String WELL = "{\"host\":\"here\",\"pid\":1,\"version\":\"1\",\"at\":\"2026-01-31T12:00:00Z\","
            + "\"startedAt\":\"2026-01-31T11:00:00Z\",\"parts\":[\"api\"],\"restarts\":0,\"cpuSeconds\":1.5,"
            + "\"rssBytes\":null,\"threads\":9,\"lanes\":[]}";

    @Test
    void reads_what_a_process_says_of_itself() {
        assertThat(Heartbeats.read(WELL.getBytes(StandardCharsets.UTF_8)).map(Heartbeat::parts))
                .contains(List.of("api"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "null", "{\"host\":\"here\",\"lanes\":[null]}", "{\"host\":null}"})
    void takes_nothing_else_for_a_heartbeat(String json) {
        assertThat(Heartbeats.read(json.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }
}
