package dev.lanes.e2e;

import static dev.lanes.e2e.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of tasks: the good lines go on whatever stands between them, and nothing is doubled. */
final class BatchesIT {
    private static final String NOOP = "{\"type\":\"noop\",\"lane\":\"virtual\"}";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MAX_PAYLOAD_BYTES = 256 * 1024;

    private final RunningLanes lanes = RunningLanes.shared();

    @Test
    void takes_the_good_lines_and_names_the_broken_ones() {
        String lines = String.join(
                "\n",
                NOOP,
                "broken",
                "{\"type\":\"juggle\"}",
                NOOP,
                "{\"type\":\"noop\",\"lane\":\"fast\"}",
                "[]",
                "{\"type\":\"sleep\",\"payload\":{\"ms\":-1}}",
                NOOP,
                "");

        RunningLanes.Answer answer = lanes.postLines(lines);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().get("accepted").asInt()).isEqualTo(3);
        assertThat(answer.body().get("rejectedCount").asInt()).isEqualTo(5);
        assertThat(rejectedLines(answer)).containsExactly(2L, 3L, 5L, 6L, 7L);
        assertThat(RunningLanes.stream(answer.body().get("rejected")))
                .extracting(rejected -> rejected.get("reason").asText())
                .satisfiesExactly(
                        reason -> assertThat(reason).contains("JSON"),
                        reason -> assertThat(reason).startsWith("type: "),
                        reason -> assertThat(reason).startsWith("lane: "),
                        reason -> assertThat(reason).contains("object"),
                        reason -> assertThat(reason).startsWith("payload.ms: "));
        assertAllSucceed(answer, 3);
    }

    @Test
    void names_the_first_hundred_broken_lines_and_counts_them_all() {
        String lines = ("broken\n" + NOOP + "\n").repeat(150);

        RunningLanes.Answer answer = lanes.postLines(lines);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().get("accepted").asInt()).isEqualTo(150);
        assertThat(answer.body().get("rejectedCount").asInt()).isEqualTo(150);
        assertThat(rejectedLines(answer))
                .isEqualTo(IntStream.range(0, 100)
                        .mapToObj(broken -> 2L * broken + 1)
                        .toList());
        assertAllSucceed(answer, 150);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\n\n", "\r\n\r\n", " \n\t\n"})
    void takes_lines_however_they_end(String end) {
        RunningLanes.Answer answer = lanes.postLines(end + NOOP + end + NOOP + end);

        assertTakes(answer, 2);
        assertAllSucceed(answer, 2);
    }

    @Test
    void takes_a_last_line_without_a_line_feed() {
        RunningLanes.Answer answer = lanes.postLines(NOOP + "\n" + NOOP);

        assertTakes(answer, 2);
        assertAllSucceed(answer, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n\r\n", "   "})
    void takes_an_empty_batch(String nothing) {
        RunningLanes.Answer answer = lanes.postLines(nothing);

        assertTakes(answer, 0);
    }

    @Test
    void passes_over_a_line_that_is_longer_than_any_task() {
        String tooLong = "{\"type\":\"noop\",\"key\":\"" + "k".repeat(2 * 1024 * 1024) + "\"}";

        RunningLanes.Answer answer = lanes.postLines(NOOP + "\n" + tooLong + "\n" + NOOP + "\n");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().get("accepted").asInt()).isEqualTo(2);
        assertThat(rejectedLines(answer)).containsExactly(2L);
        assertAllSucceed(answer, 2);
    }

    @Test
    void takes_a_line_of_the_largest_payload_and_none_larger() {
        String lines = noopOf(MAX_PAYLOAD_BYTES) + "\n" + noopOf(MAX_PAYLOAD_BYTES + 1) + "\n";

        RunningLanes.Answer answer = lanes.postLines(lines);

        assertThat(answer.body().get("accepted").asInt()).isEqualTo(1);
        assertThat(rejectedLines(answer)).containsExactly(2L);
        assertAllSucceed(answer, 1);
    }

    private static String noopOf(int payloadBytes) {
        return "{\"type\":\"noop\",\"payload\":{" + " ".repeat(payloadBytes - 2) + "}}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"type\":\"no", "{\"type\":\"noop\"", "{\"type\":\"noop\",\"payload\":{", "{"})
    void says_in_which_line_a_body_was_cut_and_keeps_those_before(String half) {
        String batch = UUID.randomUUID().toString();

        RunningLanes.Answer answer = lanes.postLines(NOOP + "\n" + NOOP + "\n" + half, "X-Batch-Id", batch);

        assertProblem(answer, 400);
        assertThat(answer.body().get("detail").asText()).contains("line 3").contains("2 tasks");
        assertThat(lanes.ends(batch, 2, PATIENCE)).hasSize(2);
    }

    @Test
    void keeps_what_came_before_the_publisher_hung_up() {
        String batch = UUID.randomUUID().toString();
        String lines = (NOOP + "\n").repeat(100) + "{\"type\":\"no";

        String begun = "POST /api/tasks HTTP/1.1\r\nHost: lanes\r\nContent-Type: application/x-ndjson\r\n"
                + "Transfer-Encoding: chunked\r\nX-Batch-Id: " + batch + "\r\n\r\n"
                + Integer.toHexString(lines.length() + 1000) + "\r\n" + lines;

        RawHttp.sendAndHangUpAfter(
                lanes, begun, () -> assertThat(lanes.ends(batch, 100, PATIENCE)).hasSize(100));

        assertTakes(lanes.postLines((NOOP + "\n").repeat(101), "X-Batch-Id", batch), 101);
        assertThat(lanes.ends(batch, 101, PATIENCE)).hasSize(101);
    }

    @Test
    void doubles_nothing_when_a_batch_is_sent_again() {
        String batch = UUID.randomUUID().toString();
        String lines = (NOOP + "\n").repeat(500) + "broken\n";
        JsonNode before = settledSummary();
        assertThat(lanes.postLines(lines, "X-Batch-Id", batch).status()).isEqualTo(200);

        RunningLanes.Answer again = lanes.postLines(lines, "X-Batch-Id", batch);

        assertThat(again.body().get("batch").asText()).isEqualTo(batch);
        assertThat(again.body().get("accepted").asInt()).isEqualTo(500);
        assertThat(again.body().get("rejectedCount").asInt()).isEqualTo(1);
        assertThat(lanes.ends(batch, 500, PATIENCE)).hasSize(500);
        JsonNode after = settledSummary();
        assertThat(risen("published", before, after)).isEqualTo(500);
        assertThat(risen("succeeded", before, after)).isEqualTo(500);
        assertThat(risen("duplicates", before, after)).isZero();
    }

    @Test
    void completes_a_batch_that_was_cut_when_it_is_sent_again() {
        String batch = UUID.randomUUID().toString();
        JsonNode before = settledSummary();
        assertProblem(lanes.postLines((NOOP + "\n").repeat(20) + "{\"type\"", "X-Batch-Id", batch), 400);

        RunningLanes.Answer again = lanes.postLines((NOOP + "\n").repeat(30), "X-Batch-Id", batch);

        assertTakes(again, 30);
        assertThat(lanes.ends(batch, 30, PATIENCE)).hasSize(30);
        JsonNode after = settledSummary();
        assertThat(risen("published", before, after)).isEqualTo(30);
        assertThat(risen("duplicates", before, after)).isZero();
    }

    @Test
    void refuses_a_name_that_is_too_long() {
        RunningLanes.Answer answer = lanes.postLines(NOOP, "X-Batch-Id", "b".repeat(101));

        assertProblem(answer, 400, "X-Batch-Id");
    }

    @Test
    void answers_with_the_same_task_when_it_is_published_again_under_its_key() {
        String task = keyed(UUID.randomUUID().toString(), 1);
        RunningLanes.Answer first = lanes.post("/api/tasks", task);

        RunningLanes.Answer second = lanes.post("/api/tasks", task);

        assertThat(first.status()).isEqualTo(202);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.body().get("id")).isEqualTo(first.body().get("id"));
        assertThat(second.body().get("payload")).isEqualTo(first.body().get("payload"));
        JsonNode end = lanes.end(first.body().get("id").asText());
        assertThat(end.get("attempts")).hasSize(1);
    }

    @Test
    void refuses_another_task_under_a_key_that_is_taken() {
        String key = UUID.randomUUID().toString();
        JsonNode before = settledSummary();
        RunningLanes.Answer first = lanes.post("/api/tasks", keyed(key, 1));

        RunningLanes.Answer second = lanes.post("/api/tasks", keyed(key, 2));

        assertProblem(second, 409, "idempotencyKey");
        assertThat(second.body().get("detail").asText())
                .contains(first.body().get("id").asText());
        assertThat(risen("published", before, settledSummary())).isEqualTo(1);
    }

    @Test
    void takes_one_of_different_tasks_that_come_at_once_under_one_key() {
        String key = UUID.randomUUID().toString();
        JsonNode before = settledSummary();

        List<RunningLanes.Answer> answers =
                RunningLanes.atOnce(8, number -> lanes.post("/api/tasks", keyed(key, number)));

        assertThat(answers.stream().map(RunningLanes.Answer::status).sorted())
                .containsExactly(202, 409, 409, 409, 409, 409, 409, 409);
        RunningLanes.Answer taken = answers.stream()
                .filter(answer -> answer.status() == 202)
                .findFirst()
                .orElseThrow();
        JsonNode end = lanes.end(taken.body().get("id").asText());
        assertThat(end.get("payload")).isEqualTo(taken.body().get("payload"));
        assertThat(risen("published", before, settledSummary())).isEqualTo(1);
    }

    @Test
    void publishes_a_task_once_that_comes_several_times_at_once_under_its_key() {
        String key = UUID.randomUUID().toString();

        List<RunningLanes.Answer> answers = RunningLanes.atOnce(8, number -> lanes.post("/api/tasks", keyed(key, 1)));

        assertThat(answers.stream().map(RunningLanes.Answer::status).sorted())
                .containsExactly(200, 200, 200, 200, 200, 200, 200, 202);
        JsonNode end = lanes.end(answers.getFirst().body().get("id").asText());
        assertThat(end.get("attempts")).hasSize(1);
    }

    @Test
    void publishes_once_what_comes_under_one_key_in_a_stream_and_rejects_what_is_another_task() {
        String key = UUID.randomUUID().toString();
        String other = UUID.randomUUID().toString();
        JsonNode before = settledSummary();

        RunningLanes.Answer answer = lanes.postLines(
                String.join("\n", keyed(key, 1), NOOP, keyed(other, 3), keyed(key, 1), keyed(other, 4), keyed(key, 1)));

        assertThat(answer.body().get("accepted").asInt()).isEqualTo(5);
        assertThat(answer.body().get("rejectedCount").asInt()).isEqualTo(1);
        assertThat(answer.body().at("/rejected/0/line").asInt()).isEqualTo(5);
        assertThat(answer.body().at("/rejected/0/reason").asText()).startsWith("idempotencyKey: ");
        assertThat(lanes.post("/api/tasks", keyed(key, 1)).status()).isEqualTo(200);
        assertThat(lanes.post("/api/tasks", keyed(other, 3)).status()).isEqualTo(200);
        JsonNode after = settledSummary();
        assertThat(risen("published", before, after)).isEqualTo(3);
        assertThat(risen("duplicates", before, after)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"timeoutMs\":9", "\"maxAttempts\":2", "\"delayMs\":2", "\"key\":\"k\"", "\"lane\":\"thread\""})
    void refuses_the_same_work_on_other_terms_under_a_key_that_is_taken(String field) {
        String plain = "{\"type\":\"noop\",\"idempotencyKey\":\"" + UUID.randomUUID() + "\"";
        lanes.post("/api/tasks", plain + "}");

        assertProblem(lanes.post("/api/tasks", plain + "," + field + "}"), 409, "idempotencyKey");
    }

    @Test
    void takes_a_delayed_task_for_the_same_when_it_is_published_again() {
        String task = "{\"type\":\"noop\",\"delayMs\":1000,\"timeoutMs\":900,\"idempotencyKey\":\"" + UUID.randomUUID()
                + "\"}";
        String id = lanes.post("/api/tasks", task).body().get("id").asText();

        assertThat(lanes.post("/api/tasks", task).status()).isEqualTo(200);
        assertThat(lanes.end(id).get("attempts")).hasSize(1);
        assertThat(lanes.post("/api/tasks", task).status()).isEqualTo(200);
    }

    private static String keyed(String key, int ms) {
        return "{\"type\":\"sleep\",\"payload\":{\"ms\":" + ms + "},\"idempotencyKey\":\"" + key + "\"}";
    }

    private static void assertTakes(RunningLanes.Answer answer, int count) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        assertThat(answer.body().get("accepted").asInt()).isEqualTo(count);
        assertThat(answer.body().get("rejectedCount").asInt()).isZero();
        assertThat(answer.body().get("rejected")).isEmpty();
    }

    private void assertAllSucceed(RunningLanes.Answer answer, int count) {
        List<JsonNode> tasks = lanes.ends(answer.body().get("batch").asText(), count, PATIENCE);
        assertThat(tasks.stream().map(task -> task.get("state").asText()).collect(Collectors.toSet()))
                .containsExactly("SUCCEEDED");
    }

    private static List<Long> rejectedLines(RunningLanes.Answer answer) {
        return RunningLanes.stream(answer.body().get("rejected"))
                .map(rejected -> rejected.get("line").asLong())
                .toList();
    }

    /** The totals once nothing is under way. */
    private JsonNode settledSummary() {
        lanes.get("/api/tasks/" + UUID.randomUUID());
        return await().atMost(PATIENCE)
                .until(
                        () -> lanes.get("/api/summary").body(),
                        summary -> summary.get("pending").asLong() == 0);
    }

    private static long risen(String counter, JsonNode before, JsonNode after) {
        return after.get(counter).asLong() - before.get(counter).asLong();
    }
}
