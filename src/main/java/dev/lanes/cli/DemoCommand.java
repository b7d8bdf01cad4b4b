package dev.lanes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./lanes demo}: tasks A, B and C on every lane, waiting and computing. */
@Command(
        name = "demo",
        sortOptions = false,
        description = "Run tasks A, B and C on every lane, waiting and then computing, and show what each lane does.")
final class DemoCommand implements Callable<Integer> {
    private static final int CONFLICT = 409;
    private static final Duration CHECK = Duration.ofMillis(500);

    @Option(names = "--json", description = "Print JSON, once it has finished.")
    private boolean json;

    @Mixin
    private ApiOptions apiOptions = new ApiOptions();

    private final Terminal terminal = Terminal.current();

    @Override
    public Integer call() {
        LanesApi api = apiOptions.api();
        JsonNode demo = start(api);
        DemoReport report = new DemoReport(terminal);
        Progress progress = new Progress(terminal);
        while (demo.path("state").asText().equals("running")) {
            show(report, demo);
            String step = demo.path("step").asText();
            progress.show(() -> step + ", " + Figures.seconds(progress.elapsed()));
            Pause.of(CHECK);
            demo = api.get("/api/demo");
        }
        progress.clear();
        finish(report, demo);
        return 0;
    }

    private JsonNode start(LanesApi api) {
        try {
            return api.post("/api/demo", NullNode.getInstance());
        } catch (RefusedRequest refused) {
            if (refused.httpStatus() != CONFLICT) {
                throw refused;
            }
            terminal.warning("a demo runs already: showing that one");
            return api.get("/api/demo");
        }
    }

    private void show(DemoReport report, JsonNode demo) {
        if (!json) {
            report.showNew(demo);
        }
    }

    private void finish(DemoReport report, JsonNode demo) {
        show(report, demo);
        if (json) {
            terminal.line(demo.toString());
        }
        if (!demo.path("state").asText().equals("finished")) {
            throw new CommandFailed("the demo did not finish ("
                    + demo.path("state").asText() + "): " + demo.path("error").asText("no reason given"));
        }
        if (!json) {
            terminal.line("");
            terminal.table(DemoReport.table(demo));
        }
    }
}
