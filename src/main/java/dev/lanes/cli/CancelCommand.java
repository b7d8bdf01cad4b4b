package dev.lanes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./lanes cancel}: asks for tasks to be stopped, or not to be run. */
@Command(
        name = "cancel",
        sortOptions = false,
        description = "Cancel tasks: one that waits never runs, one that runs is stopped as its lane can.")
final class CancelCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "ID", description = "The tasks, by their ids.")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--json", description = "Print JSON, a line for each task.")
    private boolean json;

    @Mixin
    private ApiOptions apiOptions = new ApiOptions();

    private final Terminal terminal = Terminal.current();

    @Override
    public Integer call() {
        LanesApi api = apiOptions.api();
        List<String> refused = new ArrayList<>();
        for (String id : ids) {
            try {
                JsonNode task = api.delete("/api/tasks/" + LanesApi.pathSegment(id));
                terminal.line(
                        json
                                ? task.toString()
                                : id + ": asked to stop, it was "
                                        + task.path("state").asText());
            } catch (RefusedRequest no) {
                refused.add(id + ": " + no.getMessage());
            }
        }
        if (!refused.isEmpty()) {
            throw new CommandFailed(String.join("\n", refused));
        }
        return 0;
    }
}
