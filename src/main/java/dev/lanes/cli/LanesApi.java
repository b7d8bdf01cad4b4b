package dev.lanes.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The REST interface of a running Lanes; every failure comes as a {@link CommandFailed} with cause and remedy. */
final class LanesApi {
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final Duration PROBE = Duration.ofSeconds(2);

    private final String base;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    LanesApi(String url) {
        base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        String scheme = request("").build().uri().getScheme();
        if (!"http".equals(scheme) && !"https".equals(scheme)) {
            throw notAUrl(url);
        }
    }

    static LanesApi local(int port) {
        return new LanesApi("http://127.0.0.1:" + port);
    }

    String url(String path) {
        return base + path;
    }

    boolean isAt(String host, int port) {
        URI uri = URI.create(base);
        return host.equals(uri.getHost()) && uri.getPort() == port;
    }

    JsonNode get(String path) {
        return get(path, Duration.ZERO);
    }

    /** GET of something that the server may hold back for up to {@code wait}. */
    JsonNode get(String path, Duration wait) {
        return answer(request(path).timeout(ANSWER.plus(wait)));
    }

    /** GET of something that may well not be there yet: empty instead of a failure. */
    Optional<JsonNode> probe(String path) {
        try {
            return Optional.of(answer(request(path).timeout(PROBE)));
        } catch (CommandFailed notYet) {
            return Optional.empty();
        }
    }

    /** What the health page says, be it well or not; nothing where there is no such page. */
    JsonNode health() {
        return body(send(request("/q/health").timeout(ANSWER).build()));
    }

    /** Whether something with a health page answers, be it well or not. */
    boolean hasHealth() {
        try {
            return body(send(request("/q/health").timeout(PROBE).build())).has("checks");
        } catch (CommandFailed silent) {
            return false;
        }
    }

    JsonNode post(String path, JsonNode body) {
        return answer(request(path)
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString())));
    }

    JsonNode patch(String path, JsonNode body) {
        return answer(request(path)
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(body.toString())));
    }

    JsonNode delete(String path) {
        return answer(request(path).timeout(ANSWER).DELETE());
    }

    /** Streams NDJSON: only what the connection takes is read. No time limit, as a long batch takes long. */
    JsonNode postLines(String path, InputStream lines, String batch) {
        return answer(request(path)
                .header("Content-Type", "application/x-ndjson")
                .header("X-Batch-Id", batch)
                .POST(BodyPublishers.ofInputStream(() -> lines)));
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** A word that may hold anything, as a part of a path. */
    static String pathSegment(String word) {
        return URLEncoder.encode(word, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path) {
        try {
            return HttpRequest.newBuilder(URI.create(base + path)).header("Accept", "application/json");
        } catch (IllegalArgumentException malformed) {
            throw notAUrl(base);
        }
    }

    private JsonNode answer(HttpRequest.Builder request) {
        HttpResponse<String> response = send(request.build());
        JsonNode body = body(response);
        if (response.statusCode() / 100 != 2) {
            String detail = body.path("detail").asText(body.path("title").asText(""));
            throw new RefusedRequest(
                    response.statusCode(),
                    body.path("field").asText(""),
                    detail.isEmpty() ? response.uri() + " answered " + response.statusCode() : detail);
        }
        return body;
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (ConnectException | HttpConnectTimeoutException refused) {
            throw new CommandFailed("nothing answers at " + base + ": " + remedy(), refused);
        } catch (HttpTimeoutException slow) {
            throw new CommandFailed(request.uri() + " did not answer in time: see ./lanes status and the log", slow);
        } catch (IOException broken) {
            String cause = Objects.requireNonNullElse(
                    broken.getMessage(), broken.getClass().getSimpleName());
            throw new CommandFailed("the connection to " + base + " broke (" + cause + "): see ./lanes status", broken);
        } catch (InterruptedException interrupted) {
            throw Pause.interrupted(interrupted);
        }
    }

    private static String remedy() {
        return Settings.current().inContainer()
                ? "it may be starting, or waiting for Kafka; docker compose logs, on the host, says which"
                : "start Lanes with ./lanes up, or name another one with --url";
    }

    private static JsonNode body(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        }
    }

    private static CommandFailed notAUrl(String url) {
        return CommandFailed.usage("'" + url + "' is not the URL of a Lanes: give one like http://127.0.0.1:8080");
    }
}
