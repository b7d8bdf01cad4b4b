package dev.lanes.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every claim is measured to its end. Verdicts are asserted where a busy machine cannot change them. */
@Tag("long")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ExperimentsIT {
    private static final int CLAIMS = 16;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Set<String> WHATEVER_ELSE_RUNS = Set.of("1a", "1b", "2", "3", "5a", "5b", "10");

    /** By the number of the claim. */
    private static final Map<String, JsonNode> printed = new HashMap<>();

    private static RunningLanes lanes;

    @BeforeAll
    static void start() {
        lanes = RunningLanes.start(Map.of());
    }

    @AfterAll
    static void stop() {
        lanes.close();
    }

    @Test
    void lists_the_claims_in_the_order_of_their_numbers() {
        List<String> numbers = RunningLanes.stream(lanes.get("/api/experiments").body())
                .map(claim -> claim.get("number").asText())
                .toList();

        assertThat(numbers)
                .containsExactly(
                        "1a", "1b", "2", "3", "4", "5a", "5b", "5c", "6a", "6b", "6c", "7", "8a", "8b", "9", "10");
    }

    @Order(1)
    @ParameterizedTest
    @ValueSource(strings = {"1a", "1b", "2", "3", "4", "5a", "5b", "5c", "6a", "6b", "6c", "7", "8a", "8b", "9", "10"})
    void measures_a_claim_and_says_whether_it_holds(String number) {
        assertThat(lanes.post("/api/experiments/" + number, "").status()).isEqualTo(202);

        JsonNode claim = await().atMost(PATIENCE)
                .until(
                        () -> lanes.get("/api/experiments/" + number).body(),
                        one -> !one.get("state").asText().matches("waiting|running"));

        assertThat(claim.get("state").asText()).as("%s", claim).isEqualTo("finished");
        printed.put(number, claim);
        assertThat(claim.get("verdict").asText()).as("%s", claim).isIn("holds", "does not hold");
        assertThat(claim.get("measured").asText()).isNotBlank();
        assertThat(claim.get("answer").isNumber()).isTrue();
        assertThat(claim.get("figures"))
                .isNotEmpty()
                .allSatisfy(figure -> assertThat(figure.get("value").isNumber()).isTrue());
        for (String text : List.of("taught", "onPython", "onJvm", "threshold", "question", "how", "lesson")) {
            assertThat(claim.get(text).asText()).as(text).isNotBlank();
        }
        if (WHATEVER_ELSE_RUNS.contains(number)) {
            assertThat(claim.get("verdict").asText()).as("%s", claim).isEqualTo("holds");
        }
    }

    @Order(2)
    @Test
    void learn_md_shows_what_they_print_figures_apart() throws IOException {
        assumeTrue(printed.size() == CLAIMS, "only with all of them");
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "one core says other things");

        List<ShownOutput> shown = ShownOutput.on(Files.readString(RunningLanes.PROJECT.resolve("docs/learn.md")));

        assertThat(shown).isNotEmpty().allSatisfy(block -> {
            List<String> output = block.claims().stream()
                    .map(number -> printed.get(number).get(block.part()).asText())
                    .toList();
            assertThat(block.isOf(output))
                    .as("of claim %s is shown%n%s%nand printed%n%s", block.claims(), block.text(), output)
                    .isTrue();
        });
    }

    @Test
    void answers_404_for_a_claim_that_there_is_not() {
        assertThat(lanes.get("/api/experiments/nothing").status()).isEqualTo(404);
        assertThat(lanes.post("/api/experiments/nothing", "").status()).isEqualTo(404);
    }
}
