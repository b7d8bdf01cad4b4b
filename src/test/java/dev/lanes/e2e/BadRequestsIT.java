package dev.lanes.e2e;

import static dev.lanes.e2e.Problems.assertProblem;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What REST refuses, in words that help; and nothing of it reaches Kafka. */
final class BadRequestsIT {
    private static final int MAX_PAYLOAD_BYTES = 256 * 1024;
    private static final String UNKNOWN_ID = "00000000-0000-4000-8000-000000000000";

    private final RunningLanes lanes = RunningLanes.shared();

    @ParameterizedTest
    @MethodSource("wrongTasks")
    void names_the_field_that_is_wrong(String task, String field) {
        RunningLanes.Answer answer = publishingNothing(() -> lanes.post("/api/tasks", task));

        assertProblem(answer, 400, field);
    }

    static Stream<Arguments> wrongTasks() {
        return Stream.of(
                arguments("{}", "type"),
                arguments("{\"payload\":{}}", "type"),
                arguments("{\"type\":\"juggle\"}", "type"),
                arguments("{\"type\":\"\"}", "type"),
                arguments("{\"type\":null}", "type"),
                arguments("{\"type\":5}", "type"),
                arguments("{\"type\":\"" + "x".repeat(5000) + "\"}", "type"),
                arguments("{\"type\":\"noop\",\"lane\":\"fast\"}", "lane"),
                arguments("{\"type\":\"noop\",\"lane\":\"REACTIVE\"}", "lane"),
                arguments("{\"type\":\"noop\",\"lane\":7}", "lane"),
                arguments("{\"type\":\"crash\",\"lane\":\"virtual\"}", "lane"),
                arguments("{\"type\":\"noop\",\"colour\":\"red\"}", "colour"),
                arguments("{\"type\":\"noop\",\"id\":\"" + UNKNOWN_ID + "\"}", "id"),
                arguments("{\"type\":\"noop\",\"timeoutMs\":0}", "timeoutMs"),
                arguments("{\"type\":\"noop\",\"timeoutMs\":-1}", "timeoutMs"),
                arguments("{\"type\":\"noop\",\"timeoutMs\":1.5}", "timeoutMs"),
                arguments("{\"type\":\"noop\",\"timeoutMs\":\"10\"}", "timeoutMs"),
                arguments("{\"type\":\"noop\",\"timeoutMs\":null}", "timeoutMs"),
                arguments("{\"type\":\"noop\",\"timeoutMs\":86400001}", "timeoutMs"),
                arguments("{\"type\":\"noop\",\"timeoutMs\":" + "9".repeat(900) + "}", "timeoutMs"),
                arguments("{\"type\":\"noop\",\"key\":5}", "key"),
                arguments("{\"type\":\"noop\",\"key\":\"" + "k".repeat(1001) + "\"}", "key"),
                arguments("{\"type\":\"noop\",\"key\":\"\\ud83d\"}", "key"),
                arguments("{\"type\":\"noop\",\"idempotencyKey\":[]}", "idempotencyKey"),
                arguments("{\"type\":\"noop\",\"payload\":{\"colour\":\"red\"}}", "payload.colour"));
    }

    @ParameterizedTest
    @MethodSource("wrongPayloads")
    void names_the_part_of_the_payload_that_is_wrong(String payload, String field) {
        RunningLanes.Answer answer =
                publishingNothing(() -> lanes.post("/api/tasks", "{\"type\":\"sleep\",\"payload\":" + payload + "}"));

        assertProblem(answer, 400, field);
    }

    static Stream<Arguments> wrongPayloads() {
        return Stream.of(
                arguments("null", "payload"),
                arguments("[]", "payload"),
                arguments("\"ms\"", "payload"),
                arguments("true", "payload"),
                arguments("{}", "payload.ms"),
                arguments("{\"ms\":null}", "payload.ms"),
                arguments("{\"ms\":\"10\"}", "payload.ms"),
                arguments("{\"ms\":true}", "payload.ms"),
                arguments("{\"ms\":{}}", "payload.ms"),
                arguments("{\"ms\":[10]}", "payload.ms"),
                arguments("{\"ms\":-1}", "payload.ms"),
                arguments("{\"ms\":0.5}", "payload.ms"),
                arguments("{\"ms\":1e400}", "payload.ms"),
                arguments("{\"ms\":86400001}", "payload.ms"),
                arguments("{\"ms\":99999999999999999999}", "payload.ms"),
                arguments("{\"ms\":10,\"colour\":\"red\"}", "payload.colour"));
    }

    @Test
    void misses_the_payload_that_a_type_cannot_do_without() {
        RunningLanes.Answer answer = publishingNothing(() -> lanes.post("/api/tasks", "{\"type\":\"sleep\"}"));

        assertProblem(answer, 400, "payload.ms");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  \n ",
                "null",
                "[]",
                "5",
                "\"noop\"",
                "{",
                "}",
                "noop",
                "{\"type\":\"noop\"",
                "{\"type\":\"noop\",}",
                "{'type':'noop'}",
                "{\"type\":NaN}",
                "{\"type\":\"noop\"} /* so there */",
                "{\"type\":\"noop\"}x",
                "{\"type\":\"noop\"}{\"type\":\"noop\"}",
                "[{\"type\":\"noop\"}]"
            })
    void takes_exactly_one_JSON_object(String body) {
        RunningLanes.Answer answer = publishingNothing(() -> lanes.post("/api/tasks", body));

        assertProblem(answer, 400, null);
        assertThat(answer.body().get("detail").asText()).doesNotContain("REDACTED", "Source");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"noop\",\"type\":\"noop\"}|type",
                "{\"type\":\"sleep\",\"payload\":{\"ms\":1,\"ms\":2}}|payload"
            })
    void takes_no_field_twice(String body, String field) {
        RunningLanes.Answer answer = publishingNothing(() -> lanes.post("/api/tasks", body));

        assertProblem(answer, 400, field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[[[",
                "{\"type\":\"noop\",\"payload\":[[[",
                "{\"type\":\"noop\",\"colour\":[[[",
                "{\"type\":[[[",
                "{\"type\":\"noop\",\"payload\":{\"a\":[[["
            })
    void refuses_JSON_that_is_10_000_deep(String begun) {
        String deep = begun.replace("[[[", "[".repeat(10_000) + "]".repeat(10_000));

        RunningLanes.Answer answer = publishingNothing(() -> lanes.post("/api/tasks", deep + "}"));

        assertProblem(answer, 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"no\u00ffop\"}",
                "{\"type\":\"noop\",\"key\":\"\u00c3\"}",
                "{\"type\":\"fail\",\"payload\":{\"message\":\"\u00fe\u00ff\"}}",
                "\u00fe\u00ff\u0000"
            })
    void refuses_broken_UTF_8(String bytes) {
        RunningLanes.Answer answer = publishingNothing(() -> post(bytes, ISO_8859_1));

        assertProblem(answer, 400);
    }

    @Test
    void refuses_JSON_that_is_not_UTF_8() {
        RunningLanes.Answer answer = publishingNothing(() -> post("{\"type\":\"noop\",\"payload\":{}}", UTF_16));

        assertProblem(answer, 400, null);
    }

    private RunningLanes.Answer post(String body, Charset charset) {
        return lanes.send(HttpRequest.newBuilder(lanes.uri("/api/tasks"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body.getBytes(charset))));
    }

    @ParameterizedTest
    @ValueSource(ints = {MAX_PAYLOAD_BYTES + 1, 1024 * 1024, 64 * 1024 * 1024})
    void refuses_a_payload_over_the_limit(int bytes) {
        RunningLanes.Answer answer = publishingNothing(() -> lanes.post("/api/tasks", noopOf(bytes)));

        assertProblem(answer, 413, "payload");
    }

    @Test
    void takes_a_payload_of_just_the_limit() {
        RunningLanes.Answer answer = lanes.post("/api/tasks", noopOf(MAX_PAYLOAD_BYTES));

        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(202);
        assertThat(lanes.end(answer.body().get("id").asText()).get("state").asText())
                .isEqualTo("SUCCEEDED");
    }

    private static String noopOf(int payloadBytes) {
        return "{\"type\":\"noop\",\"payload\":{" + " ".repeat(payloadBytes - 2) + "}}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "multipart/form-data", "application/jsonp"})
    void takes_no_other_type_of_content(String contentType) {
        RunningLanes.Answer answer = publishingNothing(() -> lanes.send(HttpRequest.newBuilder(lanes.uri("/api/tasks"))
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString("{\"type\":\"noop\"}"))));

        assertProblem(answer, 415);
    }

    @Test
    void refuses_a_type_of_content_that_is_none() {
        RunningLanes.Answer answer = publishingNothing(() -> lanes.send(HttpRequest.newBuilder(lanes.uri("/api/tasks"))
                .header("Content-Type", "nonsense")
                .POST(BodyPublishers.ofString("{\"type\":\"noop\"}"))));

        assertProblem(answer, 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "text/html", "application/json;q=0"})
    void publishes_only_what_it_also_says_it_has_taken(String accept) {
        long before = published();

        RunningLanes.Answer answer = lanes.send(HttpRequest.newBuilder(lanes.uri("/api/tasks"))
                .header("Content-Type", "application/json")
                .header("Accept", accept)
                .POST(BodyPublishers.ofString("{\"type\":\"noop\"}")));

        assertThat(published() - before).as("%s", answer).isEqualTo(answer.status() == 202 ? 1 : 0);
    }

    @Test
    void says_that_the_name_of_a_batch_does_not_make_one_task_a_batch() {
        RunningLanes.Answer answer = publishingNothing(() -> lanes.send(HttpRequest.newBuilder(lanes.uri("/api/tasks"))
                .header("Content-Type", "application/json")
                .header("X-Batch-Id", "b")
                .POST(BodyPublishers.ofString("{\"type\":\"noop\"}"))));

        assertProblem(answer, 400, "X-Batch-Id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT /api/tasks", "DELETE /api/tasks", "POST /api/summary", "PUT /api/tasks/" + UNKNOWN_ID})
    void says_when_an_address_does_not_take_a_method(String request) {
        String[] parts = request.split(" ");

        RunningLanes.Answer answer = publishingNothing(() -> lanes.send(HttpRequest.newBuilder(lanes.uri(parts[1]))
                .header("Content-Type", "application/json")
                .method(parts[0], BodyPublishers.ofString("{}"))));

        assertProblem(answer, 405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/api/nothing", "/api/tasks/" + UNKNOWN_ID + "/nothing", "/nothing"})
    void says_when_there_is_nothing_at_an_address(String path) {
        RunningLanes.Answer answer = lanes.get(path);

        assertProblem(answer, 404);
    }

    @ParameterizedTest
    @MethodSource("wrongQueries")
    void names_the_query_parameter_that_is_wrong(String path, String parameter) {
        RunningLanes.Answer answer = lanes.get(path);

        assertProblem(answer, 400, parameter);
    }

    static Stream<Arguments> wrongQueries() {
        String task = "/api/tasks/" + UNKNOWN_ID;
        return Stream.of(
                arguments(task + "?waitMs=-1", "waitMs"),
                arguments(task + "?waitMs=soon", "waitMs"),
                arguments(task + "?waitMs=1.5", "waitMs"),
                arguments(task + "?waitMs=60001", "waitMs"),
                arguments(task + "?waitMs=99999999999999999999", "waitMs"),
                arguments("/api/tasks?limit=0", "limit"),
                arguments("/api/tasks?limit=-5", "limit"),
                arguments("/api/tasks?limit=1001", "limit"),
                arguments("/api/tasks?limit=many", "limit"),
                arguments("/api/tasks?state=TIRED", "state"),
                arguments("/api/tasks?lane=fast", "lane"),
                arguments("/api/tasks?lane=thread&lane=virtual", "lane"),
                arguments("/api/tasks?cursor=there", "cursor"),
                arguments("/api/tasks?lanes=thread", "lanes"),
                arguments("/api/dead?reason=timeout", "reason"),
                arguments("/api/summary?lane=thread", "lane"),
                arguments("/api/tasks?cursor=1.2", "cursor"),
                arguments("/api/tasks?cursor=x." + UNKNOWN_ID, "cursor"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5",
                "not-a-uuid",
                "00000000-0000-4000-8000-00000000000g",
                "00000000-0000-4000-8000-0000000000000",
                "0000000-00000-4000-8000-000000000000",
                "+0000000-0000-4000-8000-000000000000",
                "000000000000400080000000000000000000",
                "%00"
            })
    void refuses_an_id_that_is_none(String id) {
        RunningLanes.Answer answer = lanes.get("/api/tasks/" + id);

        assertProblem(answer, 400, "id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?waitMs=60000"})
    void tells_of_an_id_that_nobody_has_published_within_two_seconds(String query) {
        Instant asked = Instant.now();

        RunningLanes.Answer answer = lanes.get("/api/tasks/" + UNKNOWN_ID + query);

        assertProblem(answer, 404, "id");
        assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofMillis(2500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n"})
    void answers_a_request_that_is_no_HTTP(String lineEnd) {
        String answer = RawHttp.exchange(lanes, "NONSENSE" + lineEnd + lineEnd);

        assertThat(answer).startsWith("HTTP/1.").contains(" 400 ");
    }

    /** Sends the request, and sees to it that nothing was published by it. */
    private RunningLanes.Answer publishingNothing(Supplier<RunningLanes.Answer> request) {
        long before = published();
        RunningLanes.Answer answer = request.get();
        assertThat(published()).as("published").isEqualTo(before);
        return answer;
    }

    private long published() {
        // Asking for an unknown id waits until the ledger has read all that has been published up to now.
        lanes.get("/api/tasks/" + UNKNOWN_ID);
        return lanes.get("/api/summary").body().get("published").asLong();
    }
}
