package dev.lanes.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page at {@code /} in a real browser, against the running application. */
final class PageIT {
    private static final List<String> LANES = List.of("sequential", "reactive", "thread", "virtual", "process");
    private static final String NO_BROWSER =
            "no chromium found: install it (Debian: apt-get install chromium) or set CHROMIUM to its path";
    private static final LocatorAssertions.ContainsTextOptions WITHIN_TEN_SECONDS =
            new LocatorAssertions.ContainsTextOptions().setTimeout(10_000);

    private static Playwright playwright;
    private static Browser browser;

    private final RunningLanes lanes = RunningLanes.shared();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private final Queue<String> hosts = new ConcurrentLinkedQueue<>();
    private Page page;

    @BeforeAll
    static void start_the_browser() {
        Path chromium = Tools.require(chromium(), NO_BROWSER);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--no-first-run")));
    }

    private static Optional<Path> chromium() {
        return Optional.ofNullable(System.getenv("CHROMIUM"))
                .map(Path::of)
                .or(() -> Tools.find("chromium", "chromium-browser", "google-chrome"));
    }

    @AfterAll
    static void end_the_browser() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @BeforeEach
    void open_the_page() {
        page = browser.newPage(
                new Browser.NewPageOptions().setViewportSize(1280, 900).setColorScheme(ColorScheme.LIGHT));
        page.onConsoleMessage(message -> {
            if (List.of("error", "warning").contains(message.type())) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onRequest(request -> hosts.add(request.url()));
        page.navigate(lanes.uri("/").toString());
    }

    @AfterEach
    void leaves_no_complaint_and_asks_no_other_host() {
        if (page == null) {
            return;
        }
        page.close();
        String here = lanes.uri("").getAuthority();
        assertThat(complaints).isEmpty();
        assertThat(hosts)
                .isNotEmpty()
                .allMatch(url ->
                        url.startsWith("data:") || here.equals(URI.create(url).getAuthority()));
    }

    @Test
    void shows_the_five_lanes_live() {
        assertThat(page.getByTestId("connection")).hasAttribute("data-state", "open");
        for (String lane : LANES) {
            assertThat(page.getByTestId("lane-" + lane)).isVisible();
            assertThat(page.getByTestId("lane-" + lane)).containsText("of");
            awaitFigure("lane-" + lane + "-running", running -> running == 0);
        }
        assertThat(page.locator("[data-testid=lane-process] .last-figures"))
                .containsText(Pattern.compile("lag\\s*\\d"));

        lanes.publishMany(400, "sleep", "virtual", "{\"ms\":2500}");

        awaitFigure("lane-virtual-running", running -> running == 400);
        awaitFigure("lane-virtual-throughput", perSecond -> perSecond > 0);
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "page.png")));
        awaitFigure("lane-virtual-running", running -> running == 0);
    }

    @Test
    void publishes_a_task_and_shows_where_it_ran() {
        choose("sleep", "thread", "{\"ms\": 30}");
        page.getByTestId("publish-submit").click();

        Locator answer = page.getByTestId("publish-answer");
        assertThat(answer).containsText("SUCCEEDED", WITHIN_TEN_SECONDS);
        String id = answer.locator("a").innerText();
        Locator row = page.getByTestId("latest-tasks")
                .locator("tbody tr")
                .filter(new Locator.FilterOptions().setHas(page.locator("a[href='/api/tasks/" + id + "']")));
        assertThat(row).containsText("succeeded", WITHIN_TEN_SECONDS);
        assertThat(row.locator("[data-column=pid]")).hasText(Long.toString(lanes.pid()));
        assertThat(row.locator("[data-column=thread]")).hasText(Pattern.compile("lanes-thread-\\d+"));
    }

    @Test
    void shows_the_request_as_a_line_that_a_shell_can_run() throws IOException, InterruptedException {
        choose("fail", "virtual", "{\"message\": \"it's \\\"on\\\" $purpose\"}");

        JsonNode task = shell(page.getByTestId("curl-line").innerText());

        assertThat(task.path("state").asText()).isEqualTo("QUEUED");
        assertThat(lanes.end(task.path("id").asText()).path("error").asText()).contains("it's \"on\" $purpose");

        page.getByTestId("publish-count").fill("25");

        JsonNode batch = shell(page.getByTestId("curl-line").innerText());

        assertThat(batch.path("accepted").asInt()).isEqualTo(25);
        lanes.ends(batch.path("batch").asText(), 25, Duration.ofSeconds(20));
    }

    private static JsonNode shell(String line) throws IOException, InterruptedException {
        Process shell =
                new ProcessBuilder("sh", "-c", line).redirectErrorStream(true).start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = shell.waitFor();
        assumeTrue(status != 127, "no curl here");
        assertThat(status).as(said).isZero();
        return JsonMapper.builder().build().readTree(said);
    }

    @Test
    void says_what_is_wrong_with_a_payload() {
        choose("sleep", "virtual", "{\"ms\": 10,");
        page.getByTestId("publish-submit").click();

        assertThat(page.locator("#publish-payload-note")).containsText("Not JSON yet");
        assertThat(page.getByTestId("publish-payload")).hasAttribute("aria-invalid", "true");

        page.getByTestId("publish-payload").fill("{\"ms\": -1}");
        page.getByTestId("publish-submit").click();

        assertThat(page.getByTestId("publish-answer")).containsText("payload.ms");
        assertThat(page.getByTestId("publish-payload")).hasAttribute("aria-invalid", "true");
        // The browser itself notes the answer 400 on its console.
        complaints.removeIf(text -> text.contains("status of 400"));
    }

    @Test
    void shows_that_the_loop_is_blocked_while_it_is() {
        assertThat(page.getByTestId("lane-reactive-blocked")).hasAttribute("data-value", Pattern.compile("\\d+"));
        double before = figure("lane-reactive-blocked");
        choose("hash", "reactive", "{\"iterations\": " + hashesOfSeconds(5) + "}");
        page.getByTestId("publish-submit").click();

        String id = page.getByTestId("publish-answer").locator("a").innerText();
        awaitFigure("lane-reactive-blocked", blocked -> blocked > before + 1000);
        assertThat(lanes.get("/api/tasks/" + id).body().path("state").asText()).isIn("QUEUED", "RUNNING");
        assertThat(page.locator(".lane-card[data-blocking]")).hasAttribute("data-lane", "reactive");
        assertThat(page.getByTestId("publish-answer")).containsText("blocking form only");

        assertThat(lanes.end(id).path("state").asText()).isEqualTo("SUCCEEDED");
        awaitFigure("lane-reactive-blocked", blocked -> blocked > before + 3000);
    }

    /** So many iterations that they take about so long here, in the application's JVM. */
    private long hashesOfSeconds(int seconds) {
        long iterations = 100_000;
        lanes.end(lanes.publish("hash", "thread", "{\"iterations\":" + iterations + "}"));
        double ms = lanes.end(lanes.publish("hash", "thread", "{\"iterations\":" + iterations + "}"))
                .path("runMs")
                .asDouble();
        return Math.round(iterations * seconds * 1000 / ms);
    }

    @Test
    void runs_the_demo() {
        page.getByTestId("demo-button").click();

        assertThat(page.getByTestId("demo-status")).hasAttribute("data-state", "running");
        assertThat(page.getByTestId("demo-status"))
                .hasAttribute("data-state", "finished", new LocatorAssertions.HasAttributeOptions().setTimeout(90_000));
        for (String round : List.of("waiting", "computing")) {
            Locator rows = page.getByTestId("demo-table-" + round).locator("tbody tr");
            assertThat(rows).hasCount(LANES.size());
            for (int lane = 0; lane < LANES.size(); lane++) {
                assertThat(rows.nth(lane).locator("[data-column=lane]")).hasText(LANES.get(lane));
                assertThat(rows.nth(lane).locator("[data-column=seconds]")).hasText(Pattern.compile("\\d+\\.\\d\\d"));
                assertThat(rows.nth(lane).locator("[data-column=why]")).hasText(Pattern.compile("\\S+ \\S+.*"));
            }
        }
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target", "page-demo.png"))
                .setFullPage(true));
    }

    @Test
    void races_the_lanes_together_and_shows_the_report() {
        page.navigate(lanes.uri("/races.html").toString());
        assertThat(page.getByTestId("race-type").locator("option").nth(1)).isAttached();
        page.getByTestId("race-type").selectOption("noop");
        page.getByTestId("race-payload").fill("{}");
        page.getByTestId("race-mode").selectOption("together");
        page.getByTestId("race-count").fill("300");

        page.getByTestId("race-start").click();

        Locator report = page.getByTestId("race-report");
        assertThat(report).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(60_000));
        assertThat(report.locator("tbody tr")).hasCount(LANES.size());
        for (String lane : LANES) {
            Locator row = report.locator("tr[data-row=" + lane + "]");
            assertThat(row.locator("[data-column='tasks/s']")).hasText(Pattern.compile("[\\d.,]+"));
        }
        assertThat(page.getByTestId("race-standing")).containsText("Fastest first");
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target", "page-races.png"))
                .setFullPage(true));
    }

    @Test
    void says_what_is_wrong_with_a_race() {
        page.navigate(lanes.uri("/races.html").toString());
        assertThat(page.getByTestId("race-type").locator("option").nth(1)).isAttached();
        page.getByTestId("race-payload").fill("{\"ms\": -1}");
        page.getByTestId("race-start").click();

        assertThat(page.getByTestId("race-status")).containsText("payload.ms");

        page.getByTestId("race-payload").fill("{\"ms\": 1}");
        page.getByTestId("race-concurrency").fill("virtual=10, thread=0");
        page.getByTestId("race-start").click();

        assertThat(page.getByTestId("race-status")).containsText("concurrency.thread");
        complaints.removeIf(text -> text.contains("status of 400"));
    }

    @Test
    void takes_back_a_race_that_waits() {
        String running = lanes.post(
                        "/api/races",
                        "{\"type\":\"sleep\",\"payload\":{\"ms\":3600000},\"mode\":\"together\",\"lanes\":[\"virtual\"],"
                                + "\"count\":1}")
                .body()
                .get("id")
                .asText();
        try {
            takeBackOneThatWaits();
        } finally {
            lanes.delete("/api/races/" + running);
        }
        assertThat(page.getByTestId("race-status")).hasAttribute("data-state", "cancelled");
    }

    private void takeBackOneThatWaits() {
        page.navigate(lanes.uri("/races.html").toString());
        String waiting = lanes.post("/api/races", "{\"type\":\"noop\",\"lanes\":[\"virtual\"]}")
                .body()
                .get("id")
                .asText();

        Locator tab = page.locator("race-reports [data-race=" + waiting + "]").first();
        assertThat(tab).containsText("waiting");
        tab.click();
        page.getByTestId("race-take-back").click();

        assertThat(tab).containsText("cancelled");
        assertThat(page.getByTestId("race-unfinished")).containsText("cancelled");
    }

    @Test
    void measures_a_claim_beside_a_guess() {
        page.navigate(lanes.uri("/experiments.html").toString());
        Locator claim = page.getByTestId("experiment-shared-memory");
        claim.locator("input").fill("1");

        page.getByTestId("measure-shared-memory").click();

        assertThat(claim)
                .hasAttribute("data-state", "finished", new LocatorAssertions.HasAttributeOptions().setTimeout(60_000));
        assertThat(claim).hasAttribute("data-verdict", "holds");
        assertThat(claim).containsText("Your guess: 1 counters. Measured: 3");
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target", "page-experiments.png"))
                .setFullPage(true));
    }

    private void choose(String type, String lane, String payload) {
        assertThat(page.getByTestId("publish-type").locator("option").nth(1)).isAttached();
        page.getByTestId("publish-type").selectOption(type);
        page.getByTestId("publish-lane").selectOption(lane);
        page.getByTestId("publish-payload").fill(payload);
    }

    private double figure(String testId) {
        return Double.parseDouble(page.getByTestId(testId).getAttribute("data-value"));
    }

    /** Playwright's own waiting, as only that lets the page's events in. */
    private void awaitFigure(String testId, java.util.function.DoublePredicate expected) {
        try {
            page.waitForCondition(
                    () -> {
                        String value = page.getByTestId(testId).getAttribute("data-value");
                        return !value.isEmpty() && expected.test(Double.parseDouble(value));
                    },
                    new Page.WaitForConditionOptions().setTimeout(15_000));
        } catch (com.microsoft.playwright.TimeoutError late) {
            fail("%s is %s".formatted(testId, page.getByTestId(testId).getAttribute("data-value")), late);
        }
    }
}
