package dev.lanes.race.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The REST interface of a Lanes that may be dead, frozen or without Kafka when it is asked. */
final class FrontDoor {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    /** Of somebody who asks again. */
    private static final Duration LOOK = Duration.ofSeconds(2);

    private static final int PAGE = 1000;

    private final String base;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    FrontDoor(int port) {
        base = "http://127.0.0.1:" + port;
    }

    /** Whether all is ready for tasks. */
    boolean ready() {
        return look("/q/health/ready").isPresent();
    }

    /** The totals; empty while nobody answers, and while they are behind after a start. */
    Optional<Totals> totals() {
        return look("/api/summary")
                .filter(summary -> !summary.path("restoring").asBoolean(true))
                .map(Totals::of);
    }

    /** The answer of an array; empty while nobody answers. */
    List<JsonNode> list(String path) {
        List<JsonNode> all = new ArrayList<>();
        look(path).ifPresent(array -> array.forEach(all::add));
        return all;
    }

    /**
     * Publishes lines as a batch of that name.
     *
     * @throws IOException when it is not taken, whole
     */
    void publish(String batch, List<String> lines) throws IOException {
        HttpRequest request = request("/api/tasks", ANSWER)
                .header("Content-Type", "application/x-ndjson")
                .header("X-Batch-Id", batch)
                .POST(HttpRequest.BodyPublishers.ofString(String.join("\n", lines) + "\n"))
                .build();
        JsonNode answer = send(request);
        if (answer.path("accepted").asInt() != lines.size()) {
            throw new IOException("of " + lines.size() + " tasks not all were taken: " + answer);
        }
    }

    /**
     * Hands over all tasks of a batch, a page at a time, as there are many.
     *
     * @throws IOException when nobody answers
     */
    void tasks(String batch, Consumer<JsonNode> each) throws IOException {
        String cursor = "";
        do {
            JsonNode page = send(request("/api/tasks?batch=" + batch + "&limit=" + PAGE + cursor, ANSWER)
                    .build());
            page.path("tasks").forEach(each);
            cursor = page.path("next").isTextual()
                    ? "&cursor=" + page.path("next").asText()
                    : "";
        } while (!cursor.isEmpty());
    }

    /** Asks that a task be cancelled; whether somebody has taken that down. */
    boolean cancel(String id) {
        return answer(request("/api/tasks/" + id, LOOK).DELETE()).isPresent();
    }

    private Optional<JsonNode> look(String path) {
        return answer(request(path, LOOK));
    }

    private Optional<JsonNode> answer(HttpRequest.Builder request) {
        try {
            return Optional.of(send(request.build()));
        } catch (IOException silent) {
            return Optional.empty();
        }
    }

    private HttpRequest.Builder request(String path, Duration patience) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(patience);
    }

    private JsonNode send(HttpRequest request) throws IOException {
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode body = json(response.body());
            if (response.statusCode() / 100 != 2) {
                throw new IOException(request.uri() + " answered " + response.statusCode() + ": "
                        + body.path("detail").asText());
            }
            return body;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stop);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        }
    }
}
