package dev.lanes.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dashboards and the alerts, against a real Prometheus that scrapes a loaded Lanes. */
final class PrometheusIT {
    private static final Path DEPLOY = RunningLanes.PROJECT.resolve("deploy");
    private static final Path RULES = DEPLOY.resolve("prometheus/rules.yml");
    private static final List<String> LANES = List.of("sequential", "reactive", "thread", "virtual", "process");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String REMEDY = "no prometheus found: install it (Debian: apt-get install prometheus)";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static RunningLanes lanes;
    private static Process prometheus;
    private static int port;

    @BeforeAll
    static void start_prometheus() throws IOException {
        Path program = Tools.require(Tools.find("prometheus"), REMEDY);
        lanes = RunningLanes.shared();
        port = RunningLanes.freePort();
        Path folder = Files.createTempDirectory(lanes.home(), "prometheus-");
        Path config = Files.writeString(folder.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: ["%s"]
                scrape_configs:
                  - job_name: lanes
                    metrics_path: /q/metrics
                    static_configs: [{targets: ["127.0.0.1:%d"]}]
                """.formatted(RULES, lanes.port()));
        prometheus = new ProcessBuilder(
                        program.toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
    }

    @AfterAll
    static void stop_prometheus() throws InterruptedException {
        if (prometheus != null) {
            prometheus.destroy();
            prometheus.waitFor();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"overview", "lane", "processes"})
    void every_panel_of_the_dashboards_shows_data(String dashboard) throws IOException {
        Map<String, String> queries = queriesOf(dashboard);
        assertThat(queries).hasSizeGreaterThan(8);

        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            runSomethingOfEverything();
            assertThat(queries.entrySet().stream()
                            .filter(query -> !hasData(query.getValue()))
                            .map(Map.Entry::getKey))
                    .as("panels without data")
                    .isEmpty();
        });
    }

    @Test
    void every_metric_that_an_alert_watches_is_there() throws IOException {
        List<String> metrics = Pattern.compile("\\blanes_[a-z_]+")
                .matcher(Files.readString(RULES))
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
        assertThat(metrics).hasSizeGreaterThan(5);

        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            runSomethingOfEverything();
            assertThat(metrics).allMatch(PrometheusIT::hasData);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"test rules rules_test.yml", "check config prometheus.yml"})
    void promtool_finds_nothing_wrong(String check) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Tools.require(Tools.find("promtool"), REMEDY).toString());
        command.addAll(List.of(check.split(" ")));

        Process promtool = new ProcessBuilder(command)
                .directory(DEPLOY.resolve("prometheus").toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(promtool.waitFor()).as(said).isZero();
    }

    @Test
    void every_alert_is_tested_firing_and_not_firing_and_says_what_to_do() throws IOException {
        String rules = Files.readString(RULES);
        String tests = Files.readString(DEPLOY.resolve("prometheus/rules_test.yml"));
        List<String> alerts = Pattern.compile("- alert: (\\w+)")
                .matcher(rules)
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(alerts).hasSizeGreaterThan(5).allSatisfy(alert -> {
            assertThat(tests).contains("alertname: " + alert + "\n");
            assertThat(tests).contains("alertname: " + alert + ", exp_alerts: []");
        });
        assertThat(rules.split("action: ")).hasSize(alerts.size() + 1);
    }

    private static void runSomethingOfEverything() {
        for (String lane : LANES) {
            lanes.postLines("""
                    {"type":"noop","lane":"%1$s","payload":{}}
                    {"type":"sleep","lane":"%1$s","payload":{"ms":20}}
                    {"type":"fail","lane":"%1$s","payload":{}}
                    """.formatted(lane));
        }
        lanes.publish("hash", "reactive", "{\"iterations\":200000}");
    }

    /** What each panel asks, by the panel's name; where the dashboard lets people choose a lane, for each of them. */
    private static Map<String, String> queriesOf(String dashboard) throws IOException {
        Map<String, String> queries = new LinkedHashMap<>();
        JsonNode root = JSON.readTree(
                DEPLOY.resolve("grafana/dashboards/" + dashboard + ".json").toFile());
        for (JsonNode panel : root.get("panels")) {
            for (JsonNode target : panel.path("targets")) {
                String query = target.get("expr").asText().replace("$__rate_interval", "20s");
                String name =
                        panel.get("title").asText() + " " + target.get("refId").asText();
                for (String lane : query.contains("$lane") ? LANES : List.of("")) {
                    queries.put((name + " " + lane).strip(), query.replace("$lane", lane));
                }
            }
        }
        return queries;
    }

    private static boolean hasData(String query) {
        JsonNode answer = ask(query);
        assertThat(answer.path("status").asText()).as("%s: %s", query, answer).isEqualTo("success");
        return stream(answer.at("/data/result"))
                .anyMatch(series -> !series.at("/value/1").asText().equals("NaN"));
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return RunningLanes.stream(array);
    }

    private static JsonNode ask(String query) {
        URI uri = URI.create(
                "http://127.0.0.1:" + port + "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        try {
            return JSON.readTree(HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body());
        } catch (IOException notYet) {
            return JSON.createObjectNode().put("status", "not there yet: " + notYet);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }
}
