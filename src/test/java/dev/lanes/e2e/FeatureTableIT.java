package dev.lanes.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** In what the lanes differ, as the docs tell it; with {@code -Dlanes.docs.write} it writes the table there. */
@Tag("long")
final class FeatureTableIT {
    private static final List<String> LANES = List.of("sequential", "reactive", "thread", "virtual", "process");
    private static final Path PAGE = RunningLanes.PROJECT.resolve("docs/lanes.md");
    private static final Pattern TABLE = Pattern.compile("(?s)(?<=<!-- features -->\n).*(?=<!-- /features -->)");

    private static RunningLanes lanes;

    @BeforeAll
    static void start() {
        lanes = RunningLanes.start(Map.of("lanes.lab", "true", "lanes.process.count", "2"));
    }

    @AfterAll
    static void stop() {
        lanes.close();
    }

    @Test
    void the_docs_say_in_what_the_lanes_differ() throws IOException {
        String table = Stream.of(
                        "| | " + LANES.stream().map(lane -> "`" + lane + "`").collect(Collectors.joining(" | ")) + " |",
                        "| --- |" + " --- |".repeat(LANES.size()),
                        row("runs in", FeatureTableIT::runsIn),
                        row("tasks of one key in their order", FeatureTableIT::order),
                        row("a running task is cancelled", FeatureTableIT::cancelled),
                        row("a task whose time is up", FeatureTableIT::timedOut),
                        row("... and heeds nothing", lane -> stubborn(lane, "{\"ms\":9000}")),
                        row("... and spins", lane -> stubborn(lane, "{\"ms\":9000,\"spin\":true}")),
                        row("asks for more memory than there is", FeatureTableIT::greedy))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
        String page = Files.readString(PAGE);
        if (System.getProperty("lanes.docs.write") != null) {
            page = TABLE.matcher(page).replaceFirst(table);
            Files.writeString(PAGE, page);
        }

        assertThat(page).contains(table);
    }

    private static String row(String feature, UnaryOperator<String> ofLane) {
        return "| " + feature + " | " + LANES.stream().map(ofLane).collect(Collectors.joining(" | ")) + " |";
    }

    private static String runsIn(String lane) {
        return sharesProcess(lane) ? "one process with others" : "processes of its own";
    }

    private static boolean sharesProcess(String lane) {
        return lanes.end(submit(lane, "noop", "{}", "")).at("/attempts/0/pid").asLong() == lanes.pid();
    }

    private static String order(String lane) {
        int status = lanes.post("/api/tasks", "{\"type\":\"noop\",\"lane\":\"" + lane + "\",\"key\":\"k\"}")
                .status();
        return status == 202 ? "yes" : "no: refused with " + status;
    }

    private static String cancelled(String lane) {
        String id = submit(lane, "sleep", "{\"ms\":60000}", "");
        await().atMost(Duration.ofSeconds(15))
                .until(() -> task(id).get("state").asText().equals("RUNNING"));
        lanes.send(HttpRequest.newBuilder(lanes.uri("/api/tasks/" + id)).DELETE());
        return lanes.end(id).at("/attempts/0/error").asText().replace("cancelled: ", "");
    }

    private static String timedOut(String lane) {
        JsonNode task = lanes.end(submit(lane, "sleep", "{\"ms\":60000}", ",\"timeoutMs\":300,\"maxAttempts\":1"));
        return task.get("runMs").asDouble() < 5000 && outcome(task).equals("TIMED_OUT") ? "is stopped" : "goes on";
    }

    /** What has become of it once the lane has run another task, or its process has ended. */
    private static String stubborn(String lane, String payload) {
        long before = leftBehind(lane);
        JsonNode task = lanes.end(submit(lane, "stubborn", payload, ",\"timeoutMs\":300,\"maxAttempts\":1"));
        assertThat(outcome(task)).isEqualTo("TIMED_OUT");
        long pid = task.at("/attempts/0/pid").asLong();
        if (lane.equals("process")) {
            await().atMost(Duration.ofSeconds(15))
                    .until(() ->
                            ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
            lanes.awaitAllWorkersTakingTasks();
            return "is ended with its process";
        }
        String next = lanes.end(submit(lane, "noop", "{}", "")).get("state").asText();
        assertThat(next).isEqualTo("SUCCEEDED");
        String found = await().atMost(Duration.ofSeconds(6))
                .until(() -> whatBecameOfIt(lane, before), text -> !text.isEmpty());
        await().atMost(Duration.ofSeconds(30)).until(() -> complaint(lane).isEmpty());
        return found;
    }

    private static String whatBecameOfIt(String lane, long leftBehindBefore) {
        if (!complaint(lane).isEmpty()) {
            return "keeps a core: unready";
        }
        return leftBehind(lane) > leftBehindBefore ? "is left behind, its thread replaced" : "";
    }

    private static long leftBehind(String lane) {
        try (Stream<String> log = Files.lines(lanes.log())) {
            return log.filter(line -> line.contains(lane + " leaves a task")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String greedy(String lane) {
        if (sharesProcess(lane)) {
            return "takes it from the others";
        }
        JsonNode task =
                lanes.end(submit(lane, "allocate", "{\"ms\":30000,\"liveMegabytes\":600}", ",\"maxAttempts\":1"));
        assertThat(task.get("state").asText()).isEqualTo("DEAD");
        assertThat(lanes.app().isAlive() && lanes.ready()).isTrue();
        long pid = task.at("/attempts/0/pid").asLong();
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()
                ? "fails alone"
                : "is ended with its process";
    }

    private static String outcome(JsonNode task) {
        return task.at("/attempts/0/outcome").asText();
    }

    private static String complaint(String lane) {
        return RunningLanes.stream(lanes.get("/q/health/ready").body().get("checks"))
                .map(check -> check.path("data").path(lane).asText())
                .collect(Collectors.joining());
    }

    private static JsonNode task(String id) {
        return lanes.get("/api/tasks/" + id).body();
    }

    private static String submit(String lane, String type, String payload, String more) {
        return lanes.post(
                        "/api/tasks",
                        "{\"type\":\"%s\",\"lane\":\"%s\",\"payload\":%s%s}".formatted(type, lane, payload, more))
                .body()
                .get("id")
                .asText();
    }
}
