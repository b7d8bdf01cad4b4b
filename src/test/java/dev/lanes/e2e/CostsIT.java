package dev.lanes.e2e;

import static dev.lanes.e2e.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is around the lanes is measured through the front door; what it takes is asserted nowhere. */
@Tag("long")
final class CostsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final JsonMapper JSON = new JsonMapper();

    private final RunningLanes lanes = RunningLanes.shared();

    @TempDir
    private Path home;

    @ParameterizedTest
    @CsvSource({"ingest,4,2", "start,2,1", "memory,4,3"})
    void measures_a_cost_and_leaves_nothing_behind(String name, int rows, int targets) throws Exception {
        int children = lanes.children().size();
        long published = lanes.get("/api/summary").body().get("published").asLong();

        RunningLanes.Answer started = lanes.post("/api/costs/" + name + "?repeat=1", "");
        JsonNode cost = end(name);

        assertThat(started.status()).isEqualTo(202);
        assertThat(cost.get("state").asText()).as("%s", cost).isEqualTo("finished");
        assertThat(cost.get("delivered").asBoolean()).as("%s", cost).isTrue();
        assertThat(cost.get("reliable").isBoolean()).isTrue();
        assertThat(cost.at("/environment/cores").asInt()).isPositive();
        assertThat(cost.get("rows")).as("%s", cost).hasSize(rows).allSatisfy(row -> {
            assertThat(row.at("/value/median").asDouble()).isPositive();
            assertThat(row.get("rounds")).hasSize(1);
        });
        assertThat(cost.get("targets")).hasSize(targets).allSatisfy(target -> {
            assertThat(target.get("value").asDouble()).isPositive();
            assertThat(target.get("met").isBoolean()).isTrue();
        });
        assertThat(lanes.children()).hasSize(children);
        assertThat(lanes.get("/api/summary").body().get("published").asLong()).isEqualTo(published);
        lanes.awaitNoTopicsOfRaces();
    }

    @Test
    void the_bench_saves_a_cost_and_compares_it_with_what_was_saved() throws Exception {
        Path file = home.resolve("bench.jsonl");

        Commands.Ended saved = bench("start", "--repeat", "1", "--json", "--save", file.toString());
        Commands.Ended checked = bench("start", "--repeat", "1", "--check", file.toString());

        assertThat(saved.status()).as("%s", saved).isZero();
        JsonNode line = JSON.readTree(saved.output());
        assertThat(line.get("bench").asText()).isEqualTo("start");
        assertThat(Files.readAllLines(file))
                .hasSize(2)
                .last()
                .isEqualTo(saved.output().strip());
        assertThat(checked.status()).as("%s", checked).isZero();
        assertThat(checked.output()).contains("compared with " + file + ": 3 figures");
    }

    @Test
    void the_bench_lists_races_and_costs() throws Exception {
        Commands.Ended listed = bench("--list");

        assertThat(listed.status()).isZero();
        assertThat(listed.output()).contains("noop ", "latency ", "ingest ", "memory ", "start ");
    }

    @Test
    void the_bench_refuses_in_a_line_what_it_cannot_compare_with() throws Exception {
        Path other = Files.writeString(home.resolve("other"), "{}");

        for (Path file : List.of(other, home.resolve("none"), home)) {
            Commands.Ended refused = bench("start", "--check", file.toString());

            assertThat(refused.status()).as("%s", refused).isEqualTo(2);
            assertThat(refused.errors().strip().lines()).hasSize(1);
            assertThat(refused.errors()).contains(file.toString());
        }
    }

    @Test
    void a_measurement_that_is_cancelled_ends_at_once_and_leaves_nothing_behind() {
        int children = lanes.children().size();
        assertThat(lanes.post("/api/costs/ingest", "").status()).isEqualTo(202);
        assertThat(lanes.post("/api/costs/start", "").body().get("state").asText())
                .isEqualTo("waiting");
        await().atMost(PATIENCE).until(() -> lanes.children().size() > children);

        assertThat(lanes.delete("/api/costs/start").body().get("state").asText())
                .isEqualTo("cancelled");
        RunningLanes.Answer cancelled = lanes.delete("/api/costs/ingest");

        assertThat(cancelled.status()).isEqualTo(202);
        assertThat(cancelled.body().get("state").asText()).isEqualTo("cancelled");
        await().atMost(Duration.ofSeconds(30)).until(() -> lanes.children().size() == children);
        lanes.awaitNoTopicsOfRaces();
        assertProblem(lanes.delete("/api/costs/ingest"), 409, null);
    }

    @Test
    void refuses_what_there_is_not_and_what_makes_no_sense() {
        assertProblem(lanes.get("/api/costs/nothing"), 404, "name");
        assertProblem(lanes.post("/api/costs/nothing", ""), 404, "name");
        assertProblem(lanes.delete("/api/costs/nothing"), 404, "name");
        for (String repeat : List.of("0", "-1", "21", "abc", "1.5")) {
            assertProblem(lanes.post("/api/costs/start?repeat=" + repeat, ""), 400, "repeat");
        }
        assertProblem(lanes.post("/api/costs/start?rounds=1", ""), 400, "rounds");
        assertProblem(lanes.delete("/api/costs/memory"), 409, null);
    }

    private Commands.Ended bench(String... words) throws Exception {
        Commands commands = new Commands(home, Map.of("LANES_PORT", Integer.toString(lanes.port())));
        return commands.run(Stream.concat(Stream.of("bench"), Stream.of(words)).toArray(String[]::new));
    }

    private JsonNode end(String name) {
        return await().atMost(PATIENCE)
                .until(
                        () -> lanes.get("/api/costs/" + name).body(),
                        cost -> !cost.get("state").asText().matches("waiting|running"));
    }
}
