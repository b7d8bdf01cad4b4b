package dev.lanes.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every claim is measured to its end. Verdicts are asserted where a busy machine cannot change them. */
@Tag("long")
final class ExperimentsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Set<String> WHATEVER_ELSE_RUNS = Set.of("1a", "1b", "2", "3", "5a", "5b", "10");

    private static RunningLanes lanes;

    @BeforeAll
    static void start() {
        lanes = RunningLanes.start(java.util.Map.of());
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

    @ParameterizedTest
    @ValueSource(strings = {"1a", "1b", "2", "3", "4", "5a", "5b", "5c", "6a", "6b", "6c", "7", "8a", "8b", "9", "10"})
    void measures_a_claim_and_says_whether_it_holds(String number) {
        assertThat(lanes.post("/api/experiments/" + number, "").status()).isEqualTo(202);

        JsonNode claim = await().atMost(PATIENCE)
                .until(
                        () -> lanes.get("/api/experiments/" + number).body(),
                        one -> !one.get("state").asText().matches("waiting|running"));

        assertThat(claim.get("state").asText()).as("%s", claim).isEqualTo("finished");
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

    @Test
    void answers_404_for_a_claim_that_there_is_not() {
        assertThat(lanes.get("/api/experiments/nothing").status()).isEqualTo(404);
        assertThat(lanes.post("/api/experiments/nothing", "").status()).isEqualTo(404);
    }
}
