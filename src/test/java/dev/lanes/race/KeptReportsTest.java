package dev.lanes.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class KeptReportsTest {
    @Test
    void passes_over_a_report_that_cannot_be_read() {
        assertThat(KeptReports.read("a", bytes("{\"id\":"))).isEmpty();
        assertThat(KeptReports.read("a", bytes("{\"state\":7,\"rounds\":\"many\"}")))
                .isEmpty();
        assertThat(KeptReports.read("a", bytes("{}"))).isEmpty();
    }

    @Test
    void reads_what_an_older_lanes_has_kept() {
        assertThat(KeptReports.read("a", bytes("{\"id\":\"a\",\"state\":\"finished\"}")))
                .hasValueSatisfying(report -> {
                    assertThat(report.doubts()).isEmpty();
                    assertThat(report.reliable()).isNull();
                });
    }

    @Test
    void calls_a_race_interrupted_that_had_not_ended() {
        assertThat(KeptReports.read("a", bytes("{\"id\":\"a\",\"state\":\"waiting\"}")))
                .hasValueSatisfying(report -> assertThat(report.state()).isEqualTo("interrupted"));
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
