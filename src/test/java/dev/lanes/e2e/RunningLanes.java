package dev.lanes.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lanes.process.ChildJvm;
import dev.lanes.process.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;

/**
 * The packaged application with its own embedded Kafka and worker processes, in processes of their own, as a user runs
 * it: on free ports, with a home of its own. It ends with the test's JVM at the latest.
 */
final class RunningLanes implements AutoCloseable {
    private static final JsonMapper JSON =
            JsonMapper.builder().findAndAddModules().build();
    /** The project whose tests run. */
    static final Path PROJECT =
            Path.of(System.getProperty("lanes.project", ".")).toAbsolutePath().normalize();

    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private static RunningLanes shared;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path target;
    private final Path home;
    private final int port;
    private final int kafkaPort;
    private final Map<String, String> settings;
    private final List<String> flags;
    private Process app;

    private RunningLanes(Path project, Path home, Map<String, String> settings, List<String> flags) {
        this.target = project.resolve("target");
        this.home = home;
        this.port = freePort();
        this.kafkaPort = freePort();
        this.settings = settings;
        this.flags = flags;
    }

    /** One for all tests that leave it as they found it. */
    static synchronized RunningLanes shared() {
        if (shared == null || !shared.app.isAlive()) {
            shared = start(Map.of());
        }
        return shared;
    }

    /** One of the test's own, with these settings beside the usual ones. */
    static RunningLanes start(Map<String, String> settings, String... flags) {
        return startFrom(PROJECT, settings, flags);
    }

    /** The same, of another project that has been packaged. */
    static RunningLanes startFrom(Path project, Map<String, String> settings, String... flags) {
        try {
            RunningLanes lanes = new RunningLanes(
                    project, Files.createTempDirectory(PROJECT.resolve("target"), "lanes-"), settings, List.of(flags));
            lanes.startApp();
            return lanes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the application, again after it has ended, and waits until it is ready with all its processes. */
    void startApp() {
        try {
            app = command().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitReady();
        await().atMost(START).until(() -> processes() == 0 || workerPids().size() == processes());
    }

    private int processes() {
        return Integer.parseInt(settings.getOrDefault("lanes.process.count", "3"));
    }

    void awaitReady() {
        await().atMost(START).pollInterval(Duration.ofMillis(100)).until(() -> {
            assertThat(app.isAlive())
                    .as("the application; its log is %s", log())
                    .isTrue();
            return ready();
        });
    }

    private ChildJvm command() throws IOException {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("lanes.home", home.toString());
        Installation installation = new Installation(target.resolve("quarkus-app"), target.resolve("broker"));
        properties.put("lanes.app", installation.app().toString());
        properties.put("lanes.broker.lib", installation.brokerLib().toString());
        properties.put("lanes.kafka.port", Integer.toString(kafkaPort));
        properties.put("quarkus.http.port", Integer.toString(port));
        properties.putAll(settings);
        List<String> jvm = new ArrayList<>(List.of("-Xmx512m"));
        jvm.addAll(flags);
        return new ChildJvm(
                "app", installation.application(), jvm, List.of(), properties, Duration.ofSeconds(9), log());
    }

    Path log() {
        return home.resolve("app.log");
    }

    /** An answer of the application. */
    record Answer(int status, JsonNode body, HttpResponse<String> response) {}

    Answer get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    Answer post(String path, String json) {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    Answer postLines(String lines, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri("/api/tasks"))
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(lines));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    Answer delete(String path) {
        return send(HttpRequest.newBuilder(uri(path)).DELETE());
    }

    Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    http.send(request.timeout(Duration.ofMinutes(2)).build(), HttpResponse.BodyHandlers.ofString());
            boolean json = response.headers()
                    .firstValue("Content-Type")
                    .map(type -> type.contains("json"))
                    .orElse(false);
            JsonNode body = json
                    ? JSON.readTree(response.body())
                    : JSON.getNodeFactory().textNode(response.body());
            return new Answer(response.statusCode(), body, response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Publishes one task, and answers its id. */
    String publish(String type, String lane, String payload) {
        Answer answer =
                post("/api/tasks", "{\"type\":\"%s\",\"lane\":\"%s\",\"payload\":%s}".formatted(type, lane, payload));
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(202);
        return answer.body().get("id").asText();
    }

    /** Publishes equal tasks as one batch, and answers its name. */
    String publishMany(int count, String type, String lane, String payload) {
        String line = "{\"type\":\"%s\",\"lane\":\"%s\",\"payload\":%s}%n".formatted(type, lane, payload);
        Answer answer = postLines(line.repeat(count));
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        assertThat(answer.body().get("accepted").asInt()).isEqualTo(count);
        return answer.body().get("batch").asText();
    }

    /** The task once it has ended. */
    JsonNode end(String id) {
        return await().atMost(ANSWER)
                .until(() -> get("/api/tasks/" + id + "?waitMs=5000").body(), task -> finished(task));
    }

    private static boolean finished(JsonNode task) {
        return Set.of("SUCCEEDED", "DEAD", "CANCELLED")
                .contains(task.path("state").asText());
    }

    /** All tasks of a batch once they have ended. */
    List<JsonNode> ends(String batch, int count, Duration patience) {
        await().atMost(patience)
                .until(() ->
                        tasks(batch, "SUCCEEDED").size() + tasks(batch, "DEAD").size() == count);
        return tasksIn(batch, "SUCCEEDED", "DEAD");
    }

    /** All tasks of a batch that are in one of these states. */
    List<JsonNode> tasksIn(String batch, String... states) {
        List<JsonNode> all = new ArrayList<>();
        for (String state : states) {
            all.addAll(tasks(batch, state));
        }
        return all;
    }

    /** The tasks of a batch that are in that state. */
    List<JsonNode> tasks(String batch, String state) {
        List<JsonNode> tasks = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = get("/api/tasks?limit=1000&batch=" + batch + "&state=" + state + cursor)
                    .body();
            page.get("tasks").forEach(tasks::add);
            cursor = page.get("next").isNull()
                    ? null
                    : "&cursor=" + page.get("next").asText();
        } while (cursor != null);
        return tasks;
    }

    JsonNode lane(String name) {
        return stream(get("/api/lanes").body())
                .filter(lane -> lane.get("lane").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The worker processes that are alive, by their heartbeats. */
    Set<Long> workerPids() {
        return stream(get("/api/processes").body())
                .filter(process -> stream(process.get("lanes"))
                        .anyMatch(lane -> lane.asText().equals("process")))
                .map(process -> process.get("pid").asLong())
                .filter(pid -> ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false))
                .collect(Collectors.toSet());
    }

    /** A process tells of itself before it takes its first task; this waits until each has run one. */
    void awaitAllWorkersTakingTasks() {
        await().atMost(START).until(() -> {
            Set<Long> ran = ends(publishMany(9, "sleep", "process", "{\"ms\":50}"), 9, ANSWER).stream()
                    .map(task -> task.at("/attempts/0/pid").asLong())
                    .collect(Collectors.toSet());
            return ran.size() == processes();
        });
    }

    /** Does the same several times at once, and answers what came of each. */
    static <T> List<T> atOnce(int count, IntFunction<T> deed) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<T>> deeds = IntStream.range(0, count)
                    .mapToObj(number -> CompletableFuture.supplyAsync(() -> deed.apply(number), threads))
                    .toList();
            return deeds.stream().map(CompletableFuture::join).toList();
        }
    }

    static java.util.stream.Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    boolean ready() {
        try {
            return get("/q/health/ready").status() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    long pid() {
        return app.pid();
    }

    Process app() {
        return app;
    }

    Path home() {
        return home;
    }

    int port() {
        return port;
    }

    String bootstrapServers() {
        return "127.0.0.1:" + kafkaPort;
    }

    /** Waits until Kafka has no topics of races any more: it deletes them a little later. */
    void awaitNoTopicsOfRaces() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> admin.listTopics().names().get().stream()
                            .noneMatch(topic -> topic.startsWith("lanes.race-")));
        }
    }

    int kafkaPort() {
        return kafkaPort;
    }

    /** The processes that the application has started. */
    List<ProcessHandle> children() {
        return app.toHandle().descendants().toList();
    }

    @Override
    public void close() {
        stopApp();
    }

    /** Stops the application cleanly; {@link #startApp} starts it again, with the same home. */
    void stopApp() {
        try {
            app.getOutputStream().close();
            await().atMost(Duration.ofSeconds(20)).until(() -> !app.isAlive());
        } catch (IOException gone) {
            app.destroyForcibly();
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
