package dev.lanes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CostTableTest {
    private static final String COST = """
            {"name":"memory","why":"what waits","how":"By looking.","state":"finished","error":null,"rounds":3,
             "startedAt":"2026-01-01T00:00:00Z","delivered":true,"reliable":false,
             "doubts":["other programs kept 0.90 of 2 cores busy meanwhile"],
             "environment":{"cores":2,"cpu":null,"jdk":"25","loadAtStart":0.5,"coresOfOthers":0.9},
             "rows":[{"name":"RSS","unit":"MB","value":{"median":120,"min":110,"max":130},"reason":null},
              {"name":"heap","unit":"bytes","value":null,"reason":"this Java has no jcmd"}],
             "targets":[{"name":"RSS","value":120,"unit":"MB","target":"at most 150 MB","met":true},
              {"name":"ratio","value":0.4,"unit":"","target":"at least 0.50","met":false},
              {"name":"heap","value":null,"unit":"bytes","target":"at most 2,000 bytes","met":null}]}
            """;

    @Test
    void shows_figures_and_what_they_are_to_reach() {
        assertThat(table(COST).figures().lines())
                .anyMatch(line -> line.matches("RSS +120 +MB +110-130"))
                .anyMatch(line -> line.matches("heap +- +bytes +-"));
        assertThat(table(COST).targets().lines())
                .anyMatch(line -> line.matches("RSS +120 +at most 150 MB +yes"))
                .anyMatch(line -> line.matches("ratio +0.40 +at least 0.50 +no"))
                .anyMatch(line -> line.matches("heap +- +at most 2,000 bytes +-"));
    }

    @Test
    void says_why_there_is_no_figure_and_why_not_to_believe_the_others() {
        assertThat(table(COST).remarks())
                .isEqualTo(List.of(
                        "heap has no figure: this Java has no jcmd",
                        "the figures are not reliable: other programs kept 0.90 of 2 cores busy meanwhile"));
    }

    @Test
    void says_that_it_did_not_come_to_its_end() {
        String failed = COST.replace("\"finished\",\"error\":null", "\"failed\",\"error\":\"Kafka is away\"");

        assertThat(table(failed).remarks()).contains("the measurement is failed: Kafka is away");
        assertThat(CostTable.delivered(json(failed))).isFalse();
    }

    @Test
    void tells_whether_all_has_arrived() {
        assertThat(CostTable.delivered(json(COST))).isTrue();
        assertThat(CostTable.delivered(json(COST.replace("\"delivered\":true", "\"delivered\":false"))))
                .isFalse();
    }

    @Test
    void tells_how_it_was_measured_on_what_and_how_to_do_it_again() {
        assertThat(table(COST).circumstances())
                .containsExactly(
                        "By looking.",
                        "2 cores, JDK 25, load at the start 0.50, other programs 0.90 cores",
                        "2026-01-01T00:00:00Z, again with: ./lanes bench memory --repeat 3");
    }

    private static CostTable table(String json) {
        return new CostTable(json(json));
    }

    private static JsonNode json(String text) {
        try {
            return LanesApi.JSON.readTree(text);
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }
}
