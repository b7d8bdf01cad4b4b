package dev.lanes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./lanes experiment}: what is taught about processes, threads and async, measured here and now. */
@Command(
        name = "experiment",
        sortOptions = false,
        description = "Measure what is taught about processes, threads and async: all claims, or those named.")
final class ExperimentCommand implements Callable<Integer> {
    private static final Duration CHECK = Duration.ofMillis(300);

    @Parameters(arity = "0..*", paramLabel = "NAME", description = "Names or numbers, as --list shows them.")
    private List<String> names = List.of();

    @Option(names = "--list", description = "List the claims, and what came of those measured; measure nothing.")
    private boolean list;

    @Option(
            names = "--predict",
            description = "Ask for a guess before each, and show it beside the result (with --json as \"guess\").")
    private boolean predict;

    @Option(names = "--json", description = "Print JSON, once all have ended.")
    private boolean json;

    @Mixin
    private ApiOptions apiOptions = new ApiOptions();

    private final Terminal terminal;
    private final BufferedReader answers;
    private final ExperimentReport report;

    ExperimentCommand() {
        this(Terminal.current(), System.in);
    }

    ExperimentCommand(Terminal terminal, InputStream answers) {
        this.terminal = terminal;
        this.answers = new BufferedReader(new InputStreamReader(answers, StandardCharsets.UTF_8));
        this.report = new ExperimentReport(terminal);
    }

    @Override
    public Integer call() {
        LanesApi api = apiOptions.api();
        List<JsonNode> chosen = chosen(api);
        if (list) {
            show(chosen);
            return 0;
        }
        List<JsonNode> ended = new ArrayList<>();
        for (JsonNode claim : chosen) {
            ended.add(measure(api, claim));
        }
        show(ended);
        boolean failed =
                ended.stream().anyMatch(one -> one.path("state").asText().equals("failed"));
        return failed ? CommandFailed.FAILURE : 0;
    }

    private List<JsonNode> chosen(LanesApi api) {
        List<JsonNode> chosen = new ArrayList<>();
        if (names.isEmpty()) {
            api.get("/api/experiments").forEach(chosen::add);
        }
        for (String name : names) {
            chosen.add(api.get("/api/experiments/" + LanesApi.pathSegment(name)));
        }
        return chosen;
    }

    private JsonNode measure(LanesApi api, JsonNode claim) {
        String path = "/api/experiments/" + claim.path("name").asText();
        if (!json) {
            report.claim(claim);
        }
        Guess guess = predict ? Guess.ask(terminal, answers, claim) : Guess.NONE;
        JsonNode now = api.post(path, NullNode.getInstance());
        Progress progress = new Progress(terminal);
        while (busy(now)) {
            String step = now.path("state").asText() + ": " + now.path("step").asText();
            progress.show(() -> step + ", " + Figures.seconds(progress.elapsed()));
            Pause.of(CHECK);
            now = api.get(path);
        }
        progress.clear();
        if (!json) {
            report.finding(now, guess);
        }
        return predict ? with(guess, now) : now;
    }

    private static JsonNode with(Guess guess, JsonNode experiment) {
        return experiment.<ObjectNode>deepCopy().put("guess", guess.value().orElse(null));
    }

    private static boolean busy(JsonNode experiment) {
        String state = experiment.path("state").asText();
        return state.equals("waiting") || state.equals("running");
    }

    private void show(List<JsonNode> experiments) {
        if (json) {
            ArrayNode all = LanesApi.JSON.createArrayNode().addAll(experiments);
            terminal.line(all.toString());
        } else if (list || experiments.size() > 1) {
            terminal.line("");
            terminal.table(list ? ExperimentReport.list(experiments) : ExperimentReport.summary(experiments));
        }
    }
}
