package dev.lanes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./lanes status}: what runs, and what it is doing. */
@Command(
        name = "status",
        sortOptions = false,
        description = "Show the lanes, the totals and the processes; fails while Kafka is away.")
final class StatusCommand implements Callable<Integer> {
    @Option(names = "--tree", description = "Show every process with its lanes and threads, under its parent.")
    private boolean tree;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    private ApiOptions apiOptions = new ApiOptions();

    private final Terminal terminal = Terminal.current();

    @Override
    public Integer call() {
        LanesApi api = apiOptions.api();
        JsonNode health = api.health();
        JsonNode lanes = api.get("/api/lanes");
        JsonNode summary = api.get("/api/summary");
        JsonNode processes = api.get("/api/processes");
        Optional<RunningApp> local = local(api);
        ProcessTree processTree = ProcessTree.of(local.map(RunningApp::pid), processes);
        if (json) {
            terminal.line(
                    json(api, health, lanes, summary, processes, processTree).toString());
        } else {
            terminal.line(terminal.green("running") + " at " + api.url("/")
                    + local.map(app -> ", pid " + app.pid() + ", since " + app.startedAt())
                            .orElse(""));
            StatusReport.wrong(health).forEach(terminal::warning);
            show(lanes, summary, processes, processTree);
        }
        return StatusReport.well(health) ? 0 : CommandFailed.FAILURE;
    }

    /** The application of this home, if that is the one we have asked. */
    private static Optional<RunningApp> local(LanesApi api) {
        return RunningApp.find(Settings.current().home()).filter(app -> api.isAt("127.0.0.1", app.port()));
    }

    private ObjectNode json(
            LanesApi api,
            JsonNode health,
            JsonNode lanes,
            JsonNode summary,
            JsonNode processes,
            ProcessTree processTree) {
        ObjectNode json = LanesApi.JSON.createObjectNode().put("url", api.url(""));
        json.set("health", health);
        json.set("lanes", lanes);
        json.set("summary", summary);
        json.set("processes", processes);
        if (tree) {
            json.set("tree", processTree.json());
        }
        return json;
    }

    private void show(JsonNode lanes, JsonNode summary, JsonNode processes, ProcessTree processTree) {
        terminal.line("");
        terminal.table(StatusReport.lanes(lanes));
        terminal.line("");
        terminal.line(StatusReport.totals(summary));
        terminal.line("");
        if (tree) {
            processTree.lines().forEach(terminal::line);
        } else {
            terminal.table(StatusReport.processes(processes));
        }
    }
}
