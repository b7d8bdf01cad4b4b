package dev.lanes.cli;

import static dev.lanes.cli.Table.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./lanes bench}: the fixed list of races beside the bare client. */
@Command(
        name = "bench",
        sortOptions = false,
        description =
                "Run a fixed list of races beside Kafka's clients alone; some two minutes each. Leave the machine alone"
                        + " meanwhile.")
final class BenchCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "NAME", description = "Some of the list (default: all).")
    private List<String> names = List.of();

    @Option(names = "--list", description = "Show the list; run nothing.")
    private boolean list;

    @Option(names = "--repeat", paramLabel = "N", description = "Measured rounds of each lane, 1..20 (default: 3).")
    private @Nullable Integer repeat;

    @Mixin
    private RaceOutput output = new RaceOutput();

    @Mixin
    private ApiOptions apiOptions = new ApiOptions();

    private final Terminal terminal = Terminal.current();

    @Override
    public Integer call() {
        LanesApi api = apiOptions.api();
        List<JsonNode> chosen = chosen(api.get("/api/races/bench"));
        if (list) {
            Table table = new Table(text("name"), text("what it shows"));
            chosen.forEach(
                    one -> table.add(one.path("name").asText(), one.path("why").asText()));
            terminal.table(table);
            return 0;
        }
        boolean delivered = true;
        for (JsonNode workload : chosen) {
            ObjectNode request = workload.path("request").deepCopy();
            if (repeat != null) {
                request.put("repeat", repeat);
            }
            delivered &= race(api, workload.path("name").asText(), request);
        }
        return delivered ? 0 : CommandFailed.FAILURE;
    }

    /** Whether all lanes have figures; of one that is refused or fails that is said, and the others are run all the same. */
    private boolean race(LanesApi api, String name, ObjectNode request) {
        ObjectNode race;
        try {
            race = (ObjectNode) new RunningRace(api, terminal).run(request);
        } catch (CommandFailed failed) {
            terminal.error(name + ": " + failed.getMessage());
            if (output.json()) {
                terminal.line(LanesApi.JSON
                        .createObjectNode()
                        .put("bench", name)
                        .put("error", failed.getMessage())
                        .toString());
            }
            return false;
        }
        output.show(race.put("bench", name), terminal);
        if (!output.json()) {
            terminal.line("");
        }
        return RaceTable.delivered(race);
    }

    private List<JsonNode> chosen(JsonNode workloads) {
        List<JsonNode> chosen = new ArrayList<>();
        List<String> known = new ArrayList<>();
        for (JsonNode workload : workloads) {
            String name = workload.path("name").asText();
            known.add(name);
            if (names.isEmpty() || names.contains(name)) {
                chosen.add(workload);
            }
        }
        for (String name : names) {
            if (!known.contains(name)) {
                throw CommandFailed.usage(
                        "'" + name + "' is not in the list: give some of " + String.join(", ", known));
            }
        }
        return chosen;
    }
}
