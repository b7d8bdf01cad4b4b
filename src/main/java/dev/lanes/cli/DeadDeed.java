package dev.lanes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code redrive} and {@code discard} have in common. */
abstract sealed class DeadDeed implements Callable<Integer> permits DeadRedriveCommand, DeadDiscardCommand {
    @Parameters(arity = "0..*", paramLabel = "ID", description = "The tasks, by their ids.")
    private List<String> ids = new ArrayList<>();

    @Mixin
    private DeadFilter filter = new DeadFilter();

    @Option(names = "--all", description = "All of them.")
    private boolean all;

    @Option(names = "--dry-run", description = "Only say how many it would be.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    @Mixin
    private ApiOptions apiOptions = new ApiOptions();

    final Terminal terminal = Terminal.current();

    ObjectNode body() {
        ObjectNode body = LanesApi.JSON.createObjectNode();
        if (!ids.isEmpty()) {
            ids.forEach(body.putArray("ids")::add);
        }
        filter.each(body::put);
        if (all) {
            body.put("all", true);
        }
        return body.put("dryRun", dryRun);
    }

    @Override
    public Integer call() {
        LanesApi api = apiOptions.api();
        JsonNode answer = api.post("/api/dead/" + verb(), body());
        int status = dryRun ? told(answer) : follow(api, answer);
        tellUnknown(answer);
        return answer.path("unknownCount").asInt() == 0 ? status : CommandFailed.FAILURE;
    }

    private int told(JsonNode answer) {
        terminal.line(json ? answer.toString() : "that would be " + answer.path("matched") + " tasks");
        return 0;
    }

    private void tellUnknown(JsonNode answer) {
        JsonNode unknown = answer.path("unknown");
        if (json || unknown.isEmpty()) {
            return;
        }
        unknown.forEach(id -> terminal.line(id.asText() + " is not among the dead letters that are meant"));
        int more = answer.path("unknownCount").asInt() - unknown.size();
        if (more > 0) {
            terminal.line("nor are " + more + " more");
        }
    }

    abstract String verb();

    abstract int follow(LanesApi api, JsonNode answer);
}
