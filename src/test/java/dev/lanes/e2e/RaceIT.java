package dev.lanes.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanes.e2e.RunningLanes.Answer;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("long")
final class RaceIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final RunningLanes lanes = RunningLanes.shared();

    @Test
    void every_lane_races_the_bare_client_in_jvms_of_its_own_and_leaves_nothing_behind() throws Exception {
        int children = lanes.children().size();
        long published = lanes.get("/api/summary").body().get("published").asLong();

        JsonNode race = end(start("{\"type\":\"hash\",\"payload\":{\"iterations\":200},\"count\":300,\"repeat\":2}"));

        assertThat(race.get("state").asText()).as("%s", race).isEqualTo("finished");
        assertThat(race.at("/bareClient/tasksPerSecond/median").asDouble()).isPositive();
        assertThat(race.get("lanes")).hasSize(5).allSatisfy(lane -> {
            assertThat(lane.get("delivered").asBoolean()).as("%s", lane).isTrue();
            assertThat(lane.get("duplicates").asInt()).isZero();
            assertThat(lane.at("/tasksPerSecond/min").asDouble())
                    .isPositive()
                    .isLessThanOrEqualTo(lane.at("/tasksPerSecond/max").asDouble());
            assertThat(lane.get("ratioToBareClient").asDouble()).isPositive();
            assertThat(lane.at("/runMsPercentiles/p50").asDouble()).isPositive();
            assertThat(lane.get("rssBytes").asLong()).isGreaterThan(50_000_000);
        });
        assertThat(race.at("/lanes/process/delivery").asText()).isEqualTo("share group");
        assertThat(lanes.children()).hasSize(children);
        assertThat(lanes.get("/api/summary").body().get("published").asLong()).isEqualTo(published);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", lanes.bootstrapServers()))) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(admin.listTopics().names().get())
                            .noneMatch(topic -> topic.startsWith("lanes-race-")));
        }
    }

    @Test
    void a_lane_whose_tasks_fail_has_no_figures_and_says_why() {
        JsonNode race = end(start("{\"type\":\"fail\",\"lanes\":[\"virtual\"],\"count\":10,\"repeat\":1}"));

        assertThat(race.at("/lanes/virtual/delivered").asBoolean()).isFalse();
        assertThat(race.at("/lanes/virtual/fault").asText()).contains("DEAD");
        assertThat(race.at("/lanes/virtual/tasksPerSecond").isNull()).isTrue();
    }

    @Test
    void a_second_race_waits_for_the_first() {
        String noop = "{\"type\":\"noop\",\"lanes\":[\"sequential\"],\"count\":10,\"repeat\":1}";
        String first = start(noop);

        String second = start(noop);

        assertThat(lanes.get("/api/races/" + second).body().get("state").asText())
                .isEqualTo("waiting");
        assertThat(end(first).get("state").asText()).isEqualTo("finished");
        assertThat(end(second).get("state").asText()).isEqualTo("finished");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"payload\":{}}                                     | type",
                "{\"type\":\"nothing\"}                               | type",
                "{\"type\":7}                                         | type",
                "{\"type\":\"noop\",\"lanes\":[]}                     | lanes",
                "{\"type\":\"noop\",\"lanes\":[\"fibre\"]}            | lanes",
                "{\"type\":\"noop\",\"lanes\":[\"thread\",\"thread\"]}| lanes",
                "{\"type\":\"noop\",\"count\":0}                      | count",
                "{\"type\":\"noop\",\"count\":1000000000}             | count",
                "{\"type\":\"noop\",\"count\":1.5}                    | count",
                "{\"type\":\"noop\",\"count\":99999999999}            | count",
                "{\"type\":\"noop\",\"repeat\":-1}                    | repeat",
                "{\"type\":\"noop\",\"concurrency\":100000}           | concurrency",
                "{\"type\":\"noop\",\"colour\":1}                     | colour",
                "{\"type\":\"sleep\",\"payload\":{\"ms\":-1}}         | payload.ms",
            })
    void refuses_a_race_that_makes_no_sense_and_names_the_field(String body, String field) {
        Answer answer = lanes.post("/api/races", body);

        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(400);
        assertThat(answer.body().path("field").asText()).isEqualTo(field);
    }

    @Test
    void answers_404_for_a_race_that_there_is_not_and_400_for_what_is_no_json() {
        assertThat(lanes.get("/api/races/none").status()).isEqualTo(404);
        assertThat(lanes.post("/api/races", "{\"type\":").status()).isEqualTo(400);
        assertThat(lanes.post("/api/races", "").status()).isEqualTo(400);
    }

    private String start(String body) {
        Answer answer = lanes.post("/api/races", body);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(202);
        return answer.body().get("id").asText();
    }

    private JsonNode end(String race) {
        return await().atMost(PATIENCE)
                .until(
                        () -> lanes.get("/api/races/" + race).body(),
                        report -> !report.get("state").asText().matches("waiting|running"));
    }
}
