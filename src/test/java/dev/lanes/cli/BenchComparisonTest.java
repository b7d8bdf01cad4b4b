package dev.lanes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BenchComparisonTest {
    private static final String MACHINE = "{\"cores\":2,\"cpu\":\"Z80\",\"jdk\":\"25\",\"loadAtStart\":0.1}";
    private static final String OTHER_MACHINE = "{\"cores\":4,\"cpu\":\"Z80\",\"jdk\":\"25\"}";
    private static final String RACE = """
            {"bench":"noop","environment":%s,"doubts":[],
             "lanes":{"reactive":{"tasksPerSecond":{"median":41000,"min":39000,"max":44000},"ratioToBareClient":0.41},
              "process":{"tasksPerSecond":{"median":80,"min":80,"max":80},"ratioToBareShareClient":0.8}},
             "raw":[{"name":"reactive","round":1,"tasksPerSecond":39000},{"name":"reactive","round":2,"tasksPerSecond":44000},
              {"name":"bare client","round":1,"tasksPerSecond":100000},{"name":"bare client","round":2,"tasksPerSecond":100000}]}
            """.formatted(MACHINE);
    private static final String COST = """
            {"bench":"start","environment":%s,"doubts":[],
             "rows":[{"name":"with","unit":"ms","higherIsBetter":false,"value":{"median":1500,"min":1400,"max":1600}},
              {"name":"never","unit":"ms","higherIsBetter":false,"value":null}],
             "targets":[{"name":"ratio","value":0.5,"unit":"","rounds":[0.45,0.5,0.55],"target":"at most 0.70","met":true},
              {"name":"with","value":1500,"unit":"ms","rounds":[1400,1500,1600],"target":"at most 2,000 ms","met":true}]}
            """.formatted(MACHINE);

    @Test
    void finds_the_same_figures_about_as_before() {
        assertThat(lines(RACE, COST))
                .containsExactly("compared with old: 6 figures, 0 worse, 0 better, 6 about as before");
    }

    @Test
    void says_which_rates_have_become_worse_or_better_and_what_they_were() {
        assertThat(lines(RACE.replace("\"median\":41000", "\"median\":34000")
                        .replace("\"median\":80", "\"median\":160")))
                .containsExactly(
                        "worse: noop reactive 34,000/s, was 41,000 (39,000-44,000)",
                        "better: noop process 160/s, was 80.0 (80.0-80.0)",
                        "compared with old: 4 figures, 1 worse, 1 better, 2 about as before");
    }

    @Test
    void takes_the_spread_of_a_ratio_from_its_rounds() {
        assertThat(lines(RACE.replace("0.41", "0.38"))).hasSize(1);
        assertThat(lines(RACE.replace("0.41", "0.37")))
                .contains("worse: noop reactive of bare 0.37, was 0.41 (0.39-0.44)");
    }

    @Test
    void calls_more_of_what_is_to_be_little_worse() {
        assertThat(lines(
                        COST.replace("\"median\":1500", "\"median\":1900").replace("\"value\":0.5,", "\"value\":0.6,")))
                .contains(
                        "worse: start with 1,900 ms, was 1,500 (1,400-1,600)",
                        "worse: start ratio 0.60, was 0.50 (0.45-0.55)");
        assertThat(lines(COST.replace("\"median\":1500", "\"median\":900")))
                .contains("better: start with 900 ms, was 1,500 (1,400-1,600)");
    }

    @Test
    void lets_a_figure_leave_its_spread_by_a_twentieth() {
        assertThat(lines(COST.replace("\"median\":1500", "\"median\":1680"))).hasSize(1);
        assertThat(lines(COST.replace("\"median\":1500", "\"median\":1681"))).hasSize(2);
    }

    @Test
    void compares_how_soon_tasks_end_that_come_at_a_rate() {
        String race = """
                {"bench":"latency","environment":%s,"doubts":[],"ratePerSecond":1000,
                 "lanes":{"virtual":{"tasksPerSecond":{"median":1000,"min":1000,"max":1000}}},
                 "raw":[{"name":"virtual","round":1,"tasksPerSecond":1000,"latencyP99Ms":8},
                  {"name":"virtual","round":2,"tasksPerSecond":1000,"latencyP99Ms":12},
                  {"name":"virtual","round":3,"tasksPerSecond":1000,"latencyP99Ms":9},
                  {"name":"bare client","round":1,"tasksPerSecond":1000,"latencyP99Ms":10},
                  {"name":"bare client","round":2,"tasksPerSecond":1000,"latencyP99Ms":10},
                  {"name":"bare client","round":3,"tasksPerSecond":1000,"latencyP99Ms":10}]}
                """.formatted(MACHINE);

        BenchFile.Saved saved = new BenchFile.Saved(Path.of("old"), json(MACHINE), List.of(json(race)));
        JsonNode later = json(race.replace(":8}", ":20}").replace(":9}", ":15}"));

        assertThat(new BenchComparison(saved, List.of(later)).lines())
                .contains(
                        "worse: latency virtual p99 15.0 ms, was 9.0 (8.0-12.0)",
                        "worse: latency virtual p99 of bare 1.50, was 0.90 (0.80-1.20)");
    }

    @Test
    void passes_over_what_was_not_measured_now_or_not_saved_then() {
        assertThat(
                        lines(
                                COST.replace(
                                        "\"name\":\"never\",\"unit\":\"ms\",\"higherIsBetter\":false,\"value\":null",
                                        "\"name\":\"new\",\"unit\":\"ms\",\"higherIsBetter\":false,\"value\":{\"median\":1,\"min\":1,\"max\":1}")))
                .containsExactly("compared with old: 2 figures, 0 worse, 0 better, 2 about as before; 1 are not in it");
    }

    @Test
    void calls_worse_what_has_no_figure_any_more() {
        assertThat(lines("{\"bench\":\"start\",\"error\":\"it failed\"}"))
                .contains("worse: start with has no figure, was 1,500 ms (1,400-1,600)");
    }

    @Test
    void compares_ratios_only_with_another_machine() {
        String elsewhere = RACE.replace(MACHINE, OTHER_MACHINE);

        assertThat(lines(elsewhere.replace("\"median\":41000", "\"median\":1").replace("0.8}", "0.4}")))
                .containsExactly(
                        "old is of another machine (2 cores of Z80, JDK 25): only ratios are compared",
                        "worse: noop process of bare 0.40, was 0.80 (0.80-0.80)",
                        "compared with old: 2 figures, 1 worse, 0 better, 1 about as before");
    }

    @Test
    void says_when_what_it_compares_is_not_reliable() {
        String doubtful = RACE.replace("\"doubts\":[]", "\"doubts\":[\"others\"]");

        assertThat(lines(doubtful.replace("\"median\":41000", "\"median\":34000")))
                .contains("worse: noop reactive 34,000/s, was 41,000 (39,000-44,000); not reliable");
    }

    @Test
    void gives_programs_the_same() {
        BenchComparison comparison = comparison(RACE.replace("\"median\":41000", "\"median\":34000"));

        assertThat(comparison.json()).isEqualTo(json("""
                        {"check":"old","otherMachine":null,"compared":4,"unknown":0,
                         "worse":["noop reactive 34,000/s, was 41,000 (39,000-44,000)"],"better":[]}"""));
    }

    private static List<String> lines(String... reports) {
        return comparison(reports).lines();
    }

    private static BenchComparison comparison(String... reports) {
        BenchFile.Saved saved = new BenchFile.Saved(Path.of("old"), json(MACHINE), List.of(json(RACE), json(COST)));
        return new BenchComparison(
                saved, List.of(reports).stream().map(BenchComparisonTest::json).toList());
    }

    private static JsonNode json(String text) {
        try {
            return LanesApi.JSON.readTree(text);
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }
}
