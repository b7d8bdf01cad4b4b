package dev.lanes.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanes.e2e.RunningLanes.Answer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

        JsonNode race = end(start("{\"type\":\"hash\",\"payload\":{\"iterations\":200},\"count\":300,\"repeat\":2,"
                + "\"concurrency\":3}"));

        assertThat(race.get("state").asText()).as("%s", race).isEqualTo("finished");
        assertThat(race.at("/bareClient/tasksPerSecond/median").asDouble()).isPositive();
        assertThat(race.at("/bareShareClient/tasksPerSecond/median").asDouble()).isPositive();
        assertThat(race.get("lanes")).hasSize(5).allSatisfy(RaceIT::assertFigures);
        assertFigures(race.get("control"));
        race.get("lanes").properties().forEach(lane -> {
            boolean queue = lane.getKey().equals("process");
            assertThat(lane.getValue().get("delivery").asText()).isEqualTo(queue ? "share group" : "consumer group");
            assertThat(lane.getValue()
                            .get(queue ? "ratioToBareShareClient" : "ratioToBareClient")
                            .asDouble())
                    .isPositive();
        });
        assertThat(race.at("/control/delivery").asText()).isEqualTo("share group");
        assertThat(race.at("/split/queue").asDouble()).isPositive();
        assertThat(race.at("/split/processes").asDouble()).isPositive();
        assertThat(race.get("raw"))
                .hasSize(2 * 8)
                .allSatisfy(round -> assertThat(round.get("compilerCpuMs").isNumber())
                        .as("%s", round)
                        .isTrue());
        assertThat(race.get("command").asText())
                .isEqualTo("./lanes race hash iterations=200 --count 300 --concurrency 3 --repeat 2");
        assertThat(race.at("/environment/cores").asInt())
                .isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(race.get("reliable").isBoolean()).isTrue();
        assertThat(lanes.children()).hasSize(children);
        assertThat(lanes.get("/api/summary").body().get("published").asLong()).isEqualTo(published);
        assertThat(Files.readString(lanes.log())).doesNotContain("of a race stay");
        lanes.awaitNoTopicsOfRaces();
    }

    private static void assertFigures(JsonNode lane) {
        assertThat(lane.get("delivered").asBoolean()).as("%s", lane).isTrue();
        assertThat(lane.get("duplicates").asInt()).isZero();
        assertThat(lane.get("count").asInt()).isEqualTo(300);
        assertThat(lane.at("/tasksPerSecond/min").asDouble())
                .isPositive()
                .isLessThanOrEqualTo(lane.at("/tasksPerSecond/max").asDouble());
        assertThat(lane.at("/runMsPercentiles/p50").asDouble()).isPositive();
        assertThat(lane.at("/inProgress/max").asInt())
                .isPositive()
                .isLessThanOrEqualTo(lane.get("concurrency").asInt());
        assertThat(lane.get("rssBytes").asLong()).isGreaterThan(50_000_000);
    }

    @Test
    void a_lane_races_beside_itself_with_the_ledger_and_in_memory() {
        JsonNode race = end(start("{\"type\":\"sleep\",\"payload\":{\"ms\":5},\"lanes\":[\"reactive\",\"thread\"],"
                + "\"count\":300,\"concurrency\":4,\"repeat\":1,\"ledger\":true,\"ceiling\":true}"));

        assertThat(race.get("state").asText()).as("%s", race).isEqualTo("finished");
        assertThat(race.get("command").asText())
                .isEqualTo("./lanes race sleep ms=5 --lanes reactive,thread --count 300 --concurrency 4 --repeat 1"
                        + " --ledger --ceiling");
        for (String lane : List.of("reactive", "thread")) {
            JsonNode alone = race.at("/lanes/" + lane);
            JsonNode ledger = race.at("/ledger/" + lane);
            JsonNode inMemory = race.at("/inMemory/" + lane);
            assertFigures(alone);
            assertFigures(ledger);
            assertThat(inMemory.get("delivered").asBoolean()).as("%s", inMemory).isTrue();
            assertThat(inMemory.get("count").asInt()).isEqualTo(300);
            // Four tasks of 5 ms at a time are 800 a second at most.
            assertThat(inMemory.at("/tasksPerSecond/median").asDouble()).isBetween(10.0, 800.0);
            assertThat(alone.get("ratioToInMemory").asDouble())
                    .isCloseTo(
                            alone.at("/tasksPerSecond/median").asDouble()
                                    / inMemory.at("/tasksPerSecond/median").asDouble(),
                            within(0.001));
            assertThat(ledger.get("ratioToLedgerOff").asDouble()).isPositive();
            assertThat(List.of(alone, ledger, inMemory)).allSatisfy(result -> {
                assertThat(result.get("allocatedBytesPerTask").asDouble()).isPositive();
                assertThat(result.get("publisherCpuMicrosPerTask").asDouble()).isNotNegative();
                assertThat(result.get("brokerCpuMicrosPerTask").isNumber()).isTrue();
            });
        }
        assertThat(race.at("/bareClient/brokerCpuMicrosPerTask").isNumber()).isTrue();
    }

    @Test
    void in_memory_a_task_that_fails_leaves_no_figures_and_says_why() {
        JsonNode race = end(
                start("{\"type\":\"fail\",\"lanes\":[\"virtual\"],\"count\":10,\"repeat\":1," + "\"ceiling\":true}"));

        assertThat(race.at("/inMemory/virtual/delivered").asBoolean()).isFalse();
        assertThat(race.at("/inMemory/virtual/fault").asText()).contains("FAILED");
        assertThat(race.at("/inMemory/virtual/tasksPerSecond").isNull()).isTrue();
    }

    @Test
    void an_open_loop_sends_tasks_at_its_rate_and_counts_waits_from_when_they_were_due() {
        JsonNode race =
                end(start("{\"type\":\"sleep\",\"payload\":{\"ms\":20},\"lanes\":[\"sequential\"],\"count\":100,"
                        + "\"ratePerSecond\":100,\"repeat\":1}"));

        JsonNode lane = race.at("/lanes/sequential");
        assertThat(lane.get("delivered").asBoolean()).as("%s", race).isTrue();
        assertThat(race.get("loop").asText()).isEqualTo("open loop");
        assertThat(lane.get("keptUp").asBoolean(true)).isFalse();
        // It does 50 tasks a second at most: the last of 100 that came within a second has waited for about another.
        assertThat(lane.at("/waitMsPercentiles/max").asDouble()).isBetween(700.0, 20_000.0);
        assertThat(lane.at("/waitMsPercentiles/p50").asDouble())
                .isLessThan(0.8 * lane.at("/waitMsPercentiles/max").asDouble());
    }

    @Test
    void says_for_how_long_tasks_blocked_the_event_loop() {
        JsonNode race = end(start("{\"type\":\"hash\",\"payload\":{\"iterations\":500000},"
                + "\"lanes\":[\"reactive\",\"virtual\"],\"count\":3,\"repeat\":1}"));

        JsonNode reactive = race.at("/lanes/reactive");
        assertThat(reactive.get("loopBlockedMs").asDouble())
                .as("%s", race)
                .isBetween(
                        reactive.at("/runMsPercentiles/p50").asDouble(),
                        5 * reactive.at("/runMsPercentiles/max").asDouble());
        assertThat(race.at("/lanes/virtual/loopBlockedMs").isNull()).isTrue();
    }

    @Test
    void together_all_lanes_race_on_the_lanes_that_run() {
        long published = lanes.get("/api/summary").body().get("published").asLong();

        JsonNode race = end(start("{\"type\":\"noop\",\"mode\":\"together\",\"count\":200}"));

        assertThat(race.get("state").asText()).as("%s", race).isEqualTo("finished");
        assertThat(race.get("lanes"))
                .hasSize(5)
                .allSatisfy(lane -> assertThat(lane.get("delivered").asBoolean())
                        .as("%s", lane)
                        .isTrue());
        assertThat(race.at("/lanes/thread/cpuMicrosPerTask").isNull()).isTrue();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(lanes.get("/api/summary")
                                .body()
                                .get("published")
                                .asLong())
                        .isEqualTo(published + 1000));
    }

    @Test
    void a_lane_that_doubles_an_outcome_has_no_figures() {
        try (Forger forger = new Forger(lanes.bootstrapServers())) {
            String race = start("{\"type\":\"sleep\",\"payload\":{\"ms\":100},\"lanes\":[\"virtual\"],\"count\":2000,"
                    + "\"concurrency\":{\"virtual\":50},\"repeat\":1}");
            forger.doubleOne("lanes.race-" + race + "-virtual.outcomes");

            JsonNode lane = end(race).at("/lanes/virtual");

            assertThat(lane.get("delivered").asBoolean()).isFalse();
            assertThat(lane.get("fault").asText()).contains("ended twice");
            assertThat(lane.get("duplicates").asInt()).isEqualTo(1);
            assertThat(lane.get("concurrency").asInt()).isEqualTo(50);
            assertThat(lane.get("tasksPerSecond").isNull()).isTrue();
        }
    }

    @Test
    void a_race_that_is_cancelled_ends_at_once_and_leaves_nothing_behind() {
        int children = lanes.children().size();
        String race = start("{\"type\":\"sleep\",\"payload\":{\"ms\":100},\"lanes\":[\"sequential\"],\"count\":5000}");
        String waiting = start("{\"type\":\"noop\",\"lanes\":[\"sequential\"]}");
        await().atMost(PATIENCE).until(() -> lanes.children().size() > children);

        assertThat(lanes.delete("/api/races/" + waiting).status()).isEqualTo(202);
        Answer cancelled = lanes.delete("/api/races/" + race);

        assertThat(cancelled.status()).isEqualTo(202);
        assertThat(cancelled.body().get("state").asText()).isEqualTo("cancelled");
        await().atMost(Duration.ofSeconds(30)).until(() -> lanes.children().size() == children);
        lanes.awaitNoTopicsOfRaces();
        assertThat(lanes.delete("/api/races/" + race).status()).isEqualTo(409);
        assertThat(lanes.get("/api/races/" + waiting).body().get("state").asText())
                .isEqualTo("cancelled");
    }

    @Test
    void tells_what_it_has_measured_while_it_runs_and_when_it_is_cut_short() {
        int children = lanes.children().size();
        String race = start("{\"type\":\"noop\",\"lanes\":[\"sequential\",\"virtual\"],\"count\":100,\"repeat\":20}");

        JsonNode running = await().atMost(PATIENCE)
                .until(
                        () -> lanes.get("/api/races/" + race).body(),
                        now -> !now.get("raw").isEmpty());
        assertThat(running.get("state").asText()).isEqualTo("running");
        JsonNode cancelled = lanes.delete("/api/races/" + race).body();

        assertThat(cancelled.get("state").asText()).isEqualTo("cancelled");
        assertThat(cancelled.get("raw").size()).isLessThan(3 * 20);
        assertThat(cancelled.at("/bareClient/tasksPerSecond/median").asDouble()).isPositive();
        assertThat(cancelled.get("reliable").isNull()).isTrue();
        assertThat(cancelled.get("doubts").isArray()).isTrue();
        assertThat(lanes.get("/api/races/" + race).body()).isEqualTo(cancelled);
        await().atMost(Duration.ofSeconds(30)).until(() -> lanes.children().size() == children);
    }

    @Test
    void together_the_tasks_of_a_race_are_cancelled_with_it() {
        JsonNode before = lanes.get("/api/summary").body();
        String race = start("{\"type\":\"sleep\",\"payload\":{\"ms\":3600000},\"mode\":\"together\","
                + "\"lanes\":[\"sequential\",\"virtual\"],\"count\":20}");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(summary("published"))
                        .isEqualTo(before.get("published").asLong() + 40));

        assertThat(lanes.delete("/api/races/" + race).status()).isEqualTo(202);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(summary("cancelled"))
                        .isEqualTo(before.get("cancelled").asLong() + 40));
    }

    private long summary(String what) {
        return lanes.get("/api/summary").body().get(what).asLong();
    }

    @Test
    void races_experiments_and_the_demo_wait_for_each_other() {
        String race = start("{\"type\":\"sleep\",\"payload\":{\"ms\":3600000},\"mode\":\"together\","
                + "\"lanes\":[\"virtual\"],\"count\":1}");
        await().atMost(PATIENCE)
                .until(() -> lanes.get("/api/races/" + race)
                        .body()
                        .get("state")
                        .asText()
                        .equals("running"));

        JsonNode experiment = lanes.post("/api/experiments/1b", "").body();
        JsonNode demo = lanes.post("/api/demo", "").body();

        assertThat(experiment.get("state").asText()).isEqualTo("waiting");
        assertThat(demo.get("step").asText()).startsWith("waiting for the races");
        assertThat(lanes.delete("/api/races/" + race).status()).isEqualTo(202);
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(lanes.get("/api/experiments/1b").body().get("state").asText())
                    .isEqualTo("finished");
            assertThat(lanes.get("/api/demo").body().get("state").asText()).isEqualTo("finished");
        });
    }

    @Test
    void a_race_that_was_cancelled_still_is_when_the_application_comes_again() {
        try (RunningLanes own = RunningLanes.start(Map.of("lanes.process.count", "0"))) {
            int children = own.children().size();
            String race = own.post("/api/races", "{\"type\":\"noop\",\"lanes\":[\"sequential\"],\"repeat\":20}")
                    .body()
                    .get("id")
                    .asText();
            await().atMost(PATIENCE).until(() -> own.children().size() > children);
            await().atMost(PATIENCE)
                    .until(() -> own.get("/api/races/" + race)
                            .body()
                            .get("step")
                            .asText()
                            .contains("warming up"));

            assertThat(own.delete("/api/races/" + race).status()).isEqualTo(202);
            await().atMost(PATIENCE).until(() -> own.children().size() == children);
            own.stopApp();
            own.startApp();

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(own.get("/api/races/" + race)
                                    .body()
                                    .at("/state")
                                    .asText())
                            .isEqualTo("cancelled"));
        }
    }

    @Test
    void a_race_of_tasks_that_never_end_or_crash_ends_without_figures_and_says_why() {
        try (RunningLanes own =
                RunningLanes.start(Map.of("lanes.process.count", "0", "lanes.race.patience", "PT10S"))) {
            assertThat(fault(own, "\"type\":\"sleep\",\"payload\":{\"ms\":3600000}"))
                    .contains("did not end in time");
            assertThat(fault(own, "\"type\":\"crash\""))
                    .contains("a process died: race-virtual-1")
                    .contains("exit status");
            assertThat(own.post("/api/races", "{\"type\":\"hash\",\"payload\":{\"iterations\":10000000000}}")
                            .status())
                    .isEqualTo(202);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(own.get("/api/races")
                                    .body()
                                    .get(2)
                                    .path("error")
                                    .asText())
                            .contains("takes longer than 10 s"));
        }
    }

    private static String fault(RunningLanes own, String fields) {
        String race = own.post("/api/races", "{" + fields + ",\"lanes\":[\"virtual\"],\"count\":8,\"repeat\":1}")
                .body()
                .get("id")
                .asText();
        JsonNode report = await().atMost(PATIENCE)
                .until(
                        () -> own.get("/api/races/" + race).body(),
                        now -> !now.get("state").asText().matches("waiting|running"));
        return report.at("/lanes/virtual/fault").asText();
    }

    @Test
    void reports_outlive_the_application() {
        try (RunningLanes own = RunningLanes.start(Map.of("lanes.process.count", "0"))) {
            String race = own.post(
                            "/api/races",
                            "{\"type\":\"noop\",\"mode\":\"together\",\"lanes\":[\"virtual\"],\"count\":50}")
                    .body()
                    .get("id")
                    .asText();
            JsonNode before = await().atMost(PATIENCE)
                    .until(
                            () -> own.get("/api/races/" + race).body(),
                            report -> report.get("state").asText().equals("finished"));

            own.stopApp();
            own.startApp();

            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(own.get("/api/races/" + race).body()).isEqualTo(before));
        }
    }

    @Test
    void a_race_is_interrupted_when_the_application_is_killed_and_none_of_its_processes_stays() {
        try (RunningLanes own = RunningLanes.start(Map.of("lanes.process.count", "0"))) {
            int children = own.children().size();
            String race = own.post("/api/races", "{\"type\":\"noop\",\"lanes\":[\"sequential\"],\"repeat\":20}")
                    .body()
                    .get("id")
                    .asText();
            await().atMost(PATIENCE)
                    .until(() -> own.get("/api/races/" + race)
                            .body()
                            .get("step")
                            .asText()
                            .contains("round"));
            String startedAt =
                    own.get("/api/races/" + race).body().at("/startedAt").asText();
            // One of the two is suspended, and could not end by itself.
            List<ProcessHandle> jvms = own.children();
            assertThat(jvms).hasSizeGreaterThanOrEqualTo(children + 2);

            own.app().destroyForcibly().onExit().join();

            await().atMost(PATIENCE).until(() -> jvms.stream().noneMatch(ProcessHandle::isAlive));
            own.startApp();
            // Unknown at first: reports are read once the application has started.
            await().atMost(PATIENCE).untilAsserted(() -> {
                JsonNode interrupted = own.get("/api/races/" + race).body();
                assertThat(interrupted.at("/state").asText()).isEqualTo("interrupted");
                assertThat(interrupted.at("/startedAt").asText()).isEqualTo(startedAt);
            });
        }
    }

    @Test
    void a_lane_whose_tasks_fail_has_no_figures_and_says_why() {
        JsonNode race = end(start("{\"type\":\"fail\",\"lanes\":[\"virtual\"],\"count\":10,\"repeat\":1}"));

        assertThat(race.at("/lanes/virtual/delivered").asBoolean()).isFalse();
        assertThat(race.at("/lanes/virtual/fault").asText()).contains("FAILED");
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
                "{\"type\":\"noop\",\"lanes\":\"thread\"}             | lanes",
                "{\"type\":\"noop\",\"lanes\":[\"fibre\"]}            | lanes",
                "{\"type\":\"noop\",\"lanes\":[\"thread\",\"thread\"]}| lanes",
                "{\"type\":\"noop\",\"count\":0}                      | count",
                "{\"type\":\"noop\",\"count\":1000000000}             | count",
                "{\"type\":\"noop\",\"count\":1.5}                    | count",
                "{\"type\":\"noop\",\"count\":99999999999}            | count",
                "{\"type\":\"noop\",\"repeat\":-1}                    | repeat",
                "{\"type\":\"noop\",\"concurrency\":100000}           | concurrency",
                "{\"type\":\"noop\",\"concurrency\":\"many\"}         | concurrency",
                "{\"type\":\"noop\",\"concurrency\":{\"thread\":0}}    | concurrency.thread",
                "{\"type\":\"noop\",\"concurrency\":{\"process\":17}}  | concurrency.process",
                "{\"type\":\"noop\",\"concurrency\":{\"thread\":[]}}   | concurrency.thread",
                "{\"type\":\"noop\",\"concurrency\":{\"fibre\":2}}     | concurrency.fibre",
                "{\"type\":\"noop\",\"concurrency\":{\"sequential\":1}}| concurrency.sequential",
                "{\"type\":\"noop\",\"lanes\":[\"thread\"],\"concurrency\":{\"process\":2}} | concurrency.process",
                "{\"type\":\"noop\",\"concurrency\":{\"thread\":2,\"thread\":3}} | concurrency",
                "{\"type\":\"crash\",\"mode\":\"together\",\"lanes\":[\"process\",\"thread\"]} | lanes",
                "{\"type\":\"noop\",\"colour\":1}                     | colour",
                "{\"type\":\"sleep\",\"payload\":{\"ms\":-1}}         | payload.ms",
                "{\"type\":\"noop\",\"mode\":\"sideways\"}         | mode",
                "{\"type\":\"noop\",\"ratePerSecond\":0}           | ratePerSecond",
                "{\"type\":\"noop\",\"mode\":\"together\",\"concurrency\":2} | concurrency",
                "{\"type\":\"noop\",\"mode\":\"together\",\"ratePerSecond\":2} | ratePerSecond",
                "{\"type\":\"noop\",\"mode\":\"together\",\"ceiling\":true} | ceiling",
                "{\"type\":\"noop\",\"mode\":\"together\",\"ledger\":true} | ledger",
                "{\"type\":\"noop\",\"ceiling\":\"yes\"}              | ceiling",
                "{\"type\":\"noop\",\"ceiling\":1}                    | ceiling",
                "{\"type\":\"noop\",\"ledger\":\"on\"}                | ledger",
                "{\"type\":\"noop\",\"ceiling\":true,\"ratePerSecond\":9} | ceiling",
                "{\"type\":\"noop\",\"ceiling\":true,\"lanes\":[\"sequential\"]} | ceiling",
                "{\"type\":\"noop\",\"ledger\":true,\"lanes\":[\"process\"]} | ledger",
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
