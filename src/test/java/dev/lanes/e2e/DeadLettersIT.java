package dev.lanes.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dead letters are listed, given back and discarded. */
final class DeadLettersIT {
    private final RunningLanes lanes = RunningLanes.shared();
    private final String words = "dead on " + UUID.randomUUID();

    @ParameterizedTest
    @ValueSource(strings = {"sequential", "reactive", "thread", "virtual", "process"})
    void a_dead_task_lives_again_and_keeps_the_story_of_its_first_life(String lane) {
        String id = die(lane, words);
        JsonNode before = lanes.get("/api/summary").body();

        JsonNode job = redrive("{\"ids\":[\"" + id + "\"]}");

        assertThat(job.get("redriven").asInt()).isEqualTo(1);
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(task(id).get("attempts")).hasSize(2));
        assertThat(lanes.end(id).get("state").asText()).isEqualTo("DEAD");
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            JsonNode after = lanes.get("/api/summary").body();
            assertThat(after.get("published")).isEqualTo(before.get("published"));
            assertThat(after.get("dead")).isEqualTo(before.get("dead"));
            assertThat(after.get("duplicates")).isEqualTo(before.get("duplicates"));
        });
    }

    @Test
    void many_go_to_another_lane_by_their_error_and_their_letters_go() {
        for (int number = 0; number < 5; number++) {
            die("thread", words);
        }
        String filter = "\"type\":\"fail\",\"lane\":\"thread\",\"error\":\"" + words.toUpperCase() + "\"";
        assertThat(lanes.post("/api/dead/redrive", "{" + filter + ",\"dryRun\":true}")
                        .body()
                        .get("matched")
                        .asInt())
                .isEqualTo(5);

        JsonNode job = redrive("{" + filter + ",\"to\":\"virtual\",\"perSecond\":100}");

        assertThat(job.get("redriven").asInt()).isEqualTo(5);
        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
            assertThat(matched("lane=thread")).isZero();
            assertThat(matched("lane=virtual")).isEqualTo(5);
        });
    }

    @Test
    void what_is_discarded_is_gone_and_stays_dead() {
        String id = die("virtual", words);
        JsonNode letter = lanes.get("/api/dead/" + id).body();
        assertThat(letter.get("reason").asText()).contains(words);
        assertThat(letter.get("original").asText()).contains(id);
        assertThat(letter.get("key").asText()).isEqualTo(id);
        assertThat(letter.get("attempts")).isEqualTo(task(id).get("attempts"));
        assertThat(letter.get("timestamp").asText())
                .isBetween("2026", letter.get("at").asText());

        JsonNode answer =
                lanes.post("/api/dead/discard", "{\"ids\":[\"" + id + "\"]}").body();

        assertThat(answer.get("discarded").asInt()).isEqualTo(1);
        assertThat(lanes.get("/api/dead/" + id).status()).isEqualTo(404);
        assertThat(lanes.post("/api/dead/redrive", "{\"ids\":[\"" + id + "\"]}").status())
                .isEqualTo(404);
        assertThat(task(id).get("state").asText()).isEqualTo("DEAD");
    }

    @Test
    void a_task_that_its_new_lane_does_not_take_stays_dead() {
        String id = lanes.post("/api/tasks", "{\"type\":\"crash\",\"lane\":\"process\",\"maxAttempts\":1}")
                .body()
                .get("id")
                .asText();
        assertThat(lanes.end(id).get("state").asText()).isEqualTo("DEAD");

        JsonNode job = redrive("{\"ids\":[\"" + id + "\"],\"to\":\"thread\"}");

        assertThat(job.get("refusedCount").asInt()).isEqualTo(1);
        assertThat(job.at("/refused/0/reason").asText()).contains("process only");
        assertThat(lanes.get("/api/dead/" + id).status()).isEqualTo(200);
    }

    @Test
    void a_task_that_asks_for_order_stays_dead_when_its_new_lane_keeps_none() {
        String id = lanes.post(
                        "/api/tasks",
                        "{\"type\":\"fail\",\"lane\":\"thread\",\"key\":\"k\",\"payload\":{\"permanent\":true}}")
                .body()
                .get("id")
                .asText();
        assertThat(lanes.end(id).get("state").asText()).isEqualTo("DEAD");

        JsonNode job = redrive("{\"ids\":[\"" + id + "\"],\"to\":\"process\"}");

        assertThat(job.get("redriven").asInt()).isZero();
        assertThat(job.get("refusedCount").asInt()).isEqualTo(1);
        assertThat(job.at("/refused/0/reason").asText()).contains("order");
        assertThat(lanes.get("/api/dead/" + id).status()).isEqualTo(200);
    }

    @Test
    void a_task_that_two_redrive_at_once_lives_once_more_and_no_more() {
        List<String> ids =
                IntStream.range(0, 20).mapToObj(number -> die("thread", words)).toList();
        JsonNode before = lanes.get("/api/summary").body();
        // Not those that they leave when they die again.
        String body = "{\"error\":\"" + words + "\",\"until\":\"" + Instant.now() + "\"}";

        List<JsonNode> jobs = RunningLanes.atOnce(4, number -> redriveIfAny(body));

        assertThat(jobs.stream().mapToInt(job -> job.path("redriven").asInt()).sum())
                .isEqualTo(20);
        assertThat(jobs)
                .allSatisfy(job -> assertThat(job.path("redriven").asInt()
                                + job.path("passedOver").asInt())
                        .isEqualTo(job.path("matched").asInt()));
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(ids).allSatisfy(id -> {
                    assertThat(task(id).get("attempts")).hasSize(2);
                    assertThat(task(id).get("state").asText()).isEqualTo("DEAD");
                }));
        assertThat(lanes.get("/api/summary").body().get("duplicates")).isEqualTo(before.get("duplicates"));
    }

    @Test
    void ids_of_which_there_is_no_letter_are_named_beside_those_of_which_there_is_one() {
        String id = die("virtual", words);
        String unknown = UUID.randomUUID().toString();
        String body = "{\"ids\":[\"" + id + "\",\"" + unknown + "\"]";

        assertNames(
                unknown,
                lanes.post("/api/dead/redrive", body + ",\"dryRun\":true}").body());
        assertNames(unknown, redrive(body + "}"));
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(
                        () -> assertThat(lanes.get("/api/dead/" + id).status()).isEqualTo(200));
        assertNames(unknown, lanes.post("/api/dead/discard", body + "}").body());
    }

    private static void assertNames(String unknown, JsonNode answer) {
        assertThat(answer.get("matched").asInt()).isEqualTo(1);
        assertThat(answer.get("unknownCount").asInt()).isEqualTo(1);
        assertThat(answer.at("/unknown/0").asText()).isEqualTo(unknown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|all",
                "{\"all\":true,\"type\":\"fail\"}|all",
                "{\"error\":\"\"}|error",
                "{\"type\":\" \"}|type",
                "{\"ids\":[]}|ids",
                "{\"ids\":[\"x\"]}|ids",
                "{\"ids\":\"x\"}|ids",
                "{\"lane\":\"fast\"}|lane",
                "{\"type\":\"fail\",\"to\":\"fast\"}|to",
                "{\"type\":\"fail\",\"since\":\"yesterday\"}|since",
                "{\"type\":\"fail\",\"perSecond\":0}|perSecond",
                "{\"type\":\"fail\",\"colour\":1}|colour",
                "[]|object",
                "nonsense|JSON",
            })
    void refuses_what_makes_no_sense(String body, String named) {
        var answer = lanes.post("/api/dead/redrive", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().toString()).contains(named);
    }

    @Test
    void says_that_nothing_is_like_that() {
        assertThat(lanes.post("/api/dead/redrive", "{\"type\":\"no such type\"}")
                        .status())
                .isEqualTo(404);
        assertThat(lanes.post("/api/dead/discard", "{\"type\":\"no such type\"}")
                        .status())
                .isEqualTo(404);
        assertThat(lanes.get("/api/dead/" + UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(lanes.get("/api/dead/redrive/" + UUID.randomUUID()).status()).isEqualTo(404);
    }

    private String die(String lane, String message) {
        String id = lanes.publish("fail", lane, "{\"message\":\"" + message + "\",\"permanent\":true}");
        assertThat(lanes.end(id).get("state").asText()).isEqualTo("DEAD");
        return id;
    }

    private JsonNode redrive(String body) {
        return ended(lanes.post("/api/dead/redrive", body));
    }

    /** The same where those that came before may have left nothing. */
    private JsonNode redriveIfAny(String body) {
        RunningLanes.Answer started = lanes.post("/api/dead/redrive", body);
        return started.status() == 404 ? MissingNode.getInstance() : ended(started);
    }

    private JsonNode ended(RunningLanes.Answer started) {
        assertThat(started.status()).as("%s", started.body()).isEqualTo(202);
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> lanes.get("/api/dead/redrive/"
                                        + started.body().get("id").asText())
                                .body(),
                        job -> !job.get("state").asText().equals("RUNNING"));
    }

    private int matched(String filter) {
        return lanes.get("/api/dead?" + filter + "&error=" + words.replace(" ", "%20"))
                .body()
                .get("matched")
                .asInt();
    }

    private JsonNode task(String id) {
        return lanes.get("/api/tasks/" + id).body();
    }
}
