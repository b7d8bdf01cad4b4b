package dev.lanes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
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

    @Option(names = "--predict", description = "Ask for a guess before each, and show it beside the result.")
    private boolean predict;

    @Option(names = "--json", description = "Print JSON, once all have ended.")
    private boolean json;

    @Mixin
    private ApiOptions apiOptions = new ApiOptions();

    private final Terminal terminal = Terminal.current();
    private final ExperimentReport report = new ExperimentReport(terminal);

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
        Guess guess = predict ? Guess.ask(terminal, claim) : Guess.NONE;
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
        return now;
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
