package dev.lanes.e2e;

import static dev.lanes.e2e.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanes.broker.BrokerMain;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kafka goes away, and comes back. */
@Tag("long")
final class KafkaAwayIT {
    private static final List<String> LANES = List.of("sequential", "reactive", "thread", "virtual", "process");

    private static RunningLanes lanes;

    @BeforeAll
    static void start() {
        lanes = RunningLanes.start(Map.of());
    }

    @AfterAll
    static void stop() {
        lanes.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"type\":\"noop\"}", "{\"type\":\"noop\",\"idempotencyKey\":\"away\"}"})
    void says_within_five_seconds_that_it_cannot_publish(String task) {
        assertThat(lanes.post("/api/tasks", "{\"type\":\"noop\"}").status()).isEqualTo(202);
        try (Away away = new Away()) {
            Instant asked = Instant.now();

            RunningLanes.Answer answer = lanes.post("/api/tasks", task);

            assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofMillis(5500));
            assertProblem(answer, 503);
            assertThat(answer.body().get("detail").asText()).contains("Kafka");
        }
        awaitReadyAgain();
    }

    /** Of the topic of those that wait nobody has asked Kafka yet, so that whoever writes there is kept waiting. */
    @Test
    void answers_others_while_tasks_wait_to_be_written() {
        try (Away away = new Away();
                ExecutorService publishers = Executors.newVirtualThreadPerTaskExecutor()) {
            Instant asked = Instant.now();
            List<Future<RunningLanes.Answer>> published = IntStream.range(0, 20)
                    .mapToObj(number ->
                            publishers.submit(() -> lanes.post("/api/tasks", "{\"type\":\"noop\",\"delayMs\":1000}")))
                    .toList();

            while (!published.stream().allMatch(Future::isDone)) {
                Instant looked = Instant.now();
                assertThat(lanes.get("/q/health/live").status()).isEqualTo(200);
                assertThat(Duration.between(looked, Instant.now())).isLessThan(Duration.ofSeconds(2));
            }

            assertThat(published).allSatisfy(answer -> assertProblem(answer.resultNow(), 503));
            assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofMillis(5500));
        }
        awaitReadyAgain();
    }

    @Test
    void ends_a_race_under_which_it_goes_away() {
        String race = lanes.post("/api/races", "{\"type\":\"noop\",\"lanes\":[\"reactive\"],\"warmUpSeconds\":60}")
                .body()
                .get("id")
                .asText();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> race(race).get("step").asText().startsWith("warming up"));
        try (Away away = new Away()) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> race(race).get("state").asText().equals("failed"));
        }
        assertThat(race(race).get("error").asText()).contains("Kafka", "logs/kafka.log");
        awaitReadyAgain();
    }

    private static JsonNode race(String id) {
        return lanes.get("/api/races/" + id).body();
    }

    @Test
    void says_that_a_batch_was_not_taken_and_how_to_complete_it() {
        String batch = UUID.randomUUID().toString();
        String lines = "{\"type\":\"noop\"}\n".repeat(20);
        try (Away away = new Away()) {
            RunningLanes.Answer answer = lanes.postLines(lines, "X-Batch-Id", batch);

            assertProblem(answer, 503);
            assertThat(answer.body().get("detail").asText()).contains("X-Batch-Id: " + batch);
        }
        awaitReadyAgain();

        assertThat(lanes.postLines(lines, "X-Batch-Id", batch)
                        .body()
                        .get("accepted")
                        .asInt())
                .isEqualTo(20);
        assertThat(lanes.ends(batch, 20, Duration.ofSeconds(30))).hasSize(20);
    }

    @Test
    void is_ready_only_while_Kafka_is_there_and_alive_all_the_time() {
        try (Away away = new Away()) {
            await().atMost(Duration.ofSeconds(10)).until(() -> !lanes.ready());

            RunningLanes.Answer live = lanes.get("/q/health/live");

            assertThat(live.status()).isEqualTo(200);
            assertThat(live.body().toString()).contains("away since");
            assertThat(lanes.get("/q/health/ready").body().toString()).contains("remedy");
        }
        awaitReadyAgain();
        assertThat(lanes.get("/q/health/live").body().toString()).doesNotContain("away since");
        LANES.forEach(lane -> assertThat(lanes.end(lanes.publish("noop", lane, "{}"))
                        .get("state")
                        .asText())
                .isEqualTo("SUCCEEDED"));
    }

    @Test
    void answers_every_task_when_Kafka_is_killed_over_them() throws IOException {
        List<String> batches = new ArrayList<>();
        for (String lane : LANES) {
            batches.add(lanes.publishMany(lane.equals("sequential") ? 20 : 60, "sleep", lane, "{\"ms\":100}"));
        }
        ProcessHandle killed = broker();

        killed.destroyForcibly();

        await().atMost(Duration.ofSeconds(30)).until(() -> !broker().equals(killed) && lanes.ready());
        for (int index = 0; index < LANES.size(); index++) {
            int count = LANES.get(index).equals("sequential") ? 20 : 60;
            assertThat(lanes.ends(batches.get(index), count, Duration.ofSeconds(90)))
                    .as(LANES.get(index))
                    .allMatch(task -> task.get("state").asText().equals("SUCCEEDED"));
        }
        assertThat(lanes.get("/api/summary").body().get("pending").asLong()).isZero();
        // Those that wait to tell of their ends are not taken for handlers that go on.
        assertThat(Files.readString(lanes.log())).doesNotContain("goes on although");
    }

    private static void awaitReadyAgain() {
        await().atMost(Duration.ofSeconds(10)).until(lanes::ready);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> lanes.post("/api/tasks", "{\"type\":\"noop\"}").status() == 202);
    }

    private static ProcessHandle broker() {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> lanes.children().stream()
                                .filter(child -> child.info()
                                        .commandLine()
                                        .map(line -> line.contains(BrokerMain.class.getName()))
                                        .orElse(false))
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }

    /** Kafka's process, stopped for as long as this is open. */
    private static final class Away implements AutoCloseable {
        private final ProcessHandle broker = broker();

        Away() {
            signal("STOP");
        }

        private void signal(String name) {
            try {
                int status = new ProcessBuilder("kill", "-" + name, Long.toString(broker.pid()))
                        .start()
                        .waitFor();
                assertThat(status).isZero();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            signal("CONT");
        }
    }
}
