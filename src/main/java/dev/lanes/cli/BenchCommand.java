package dev.lanes.cli;

import static dev.lanes.cli.Table.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./lanes bench}: the fixed list of races beside the bare client, and of what is around the lanes. */
@Command(
        name = "bench",
        sortOptions = false,
        description =
                "Run a fixed list: races beside Kafka's clients alone, and what taking tasks in, starting processes and"
                        + " memory cost; some two minutes each. Leave the machine alone meanwhile.")
final class BenchCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "NAME", description = "Some of the list (default: all).")
    private List<String> names = List.of();

    @Option(names = "--list", description = "Show the list; run nothing.")
    private boolean list;

    @Option(names = "--repeat", paramLabel = "N", description = "Measured rounds of each, 1..20 (default: 3).")
    private @Nullable Integer repeat;

    @Option(names = "--save", paramLabel = "FILE", description = "Write what was measured, to be compared with later.")
    private @Nullable Path save;

    @Option(
            names = "--check",
            paramLabel = "FILE",
            description = "Compare with what was saved, and say what has become worse or better.")
    private @Nullable Path check;

    @Mixin
    private RaceOutput output = new RaceOutput();

    @Mixin
    private ApiOptions apiOptions = new ApiOptions();

    private final Terminal terminal = Terminal.current();
    /** In the order of the list; one of what could not be measured holds the error. */
    private final List<JsonNode> reports = new ArrayList<>();

    @Override
    public Integer call() {
        BenchFile.Saved saved = check == null ? null : BenchFile.read(check);
        if (save != null) {
            BenchFile.checkWritable(save);
        }
        LanesApi api = apiOptions.api();
        List<BenchItem> chosen = chosen(BenchItem.all(api));
        if (list) {
            Table table = new Table(text("name"), text("what it shows"));
            chosen.forEach(one -> table.add(one.name(), one.why()));
            terminal.table(table);
            return 0;
        }
        boolean well = true;
        for (BenchItem item : chosen) {
            well &= measure(api, item);
            well &= save();
            if (!output.json()) {
                terminal.line("");
            }
        }
        if (saved != null) {
            show(new BenchComparison(saved, reports));
        }
        return well ? 0 : CommandFailed.FAILURE;
    }

    /** Whether it has all figures; of one that is refused or fails that is said, and the others are run all the same. */
    private boolean measure(LanesApi api, BenchItem item) {
        try {
            JsonNode request = item.request();
            return request == null ? cost(api, item.name()) : race(api, item.name(), request);
        } catch (CommandFailed failed) {
            terminal.error(item.name() + ": " + failed.getMessage());
            JsonNode error =
                    LanesApi.JSON.createObjectNode().put("bench", item.name()).put("error", failed.getMessage());
            reports.add(error);
            if (output.json()) {
                terminal.line(error.toString());
            }
            return false;
        }
    }

    private boolean race(LanesApi api, String name, JsonNode request) {
        ObjectNode asked = request.deepCopy();
        if (repeat != null) {
            asked.put("repeat", repeat);
        }
        JsonNode race = new RunningRace(api, terminal).run(asked, cut -> {
            keepRace(name, cut);
            save();
        });
        return RaceTable.delivered(keepRace(name, race));
    }

    private JsonNode keepRace(String name, JsonNode race) {
        ObjectNode named = ((ObjectNode) race).put("bench", name);
        reports.add(named);
        output.show(named, terminal);
        return named;
    }

    private boolean cost(LanesApi api, String name) {
        String path = "/api/costs/" + LanesApi.pathSegment(name);
        JsonNode started = api.post(path + (repeat == null ? "" : "?repeat=" + repeat), NullNode.getInstance());
        JsonNode cost = new UntilEnded(api, terminal, name, this::keep)
                .await(
                        path,
                        started,
                        now -> name + ": "
                                + (now.path("state").asText().equals("waiting") ? "waiting " : "")
                                + now.path("step").asText());
        show(cost);
        return CostTable.delivered(cost);
    }

    /** What had been measured of it when Ctrl-C came. */
    private void keep(JsonNode cancelled) {
        if (!cancelled.path("rows").isEmpty()) {
            show(cancelled);
            save();
        }
    }

    private void show(JsonNode cost) {
        ObjectNode named =
                LanesApi.JSON.createObjectNode().put("bench", cost.path("name").asText());
        named.setAll((ObjectNode) cost);
        reports.add(named);
        new CostOutput(output, terminal).show(named);
    }

    /** After each, so that Ctrl-C loses only what runs. */
    private boolean save() {
        try {
            if (save != null) {
                BenchFile.write(save, reports);
            }
            return true;
        } catch (IOException full) {
            terminal.error("cannot write " + save + " (" + BenchFile.reason(full) + ")");
            return false;
        }
    }

    private void show(BenchComparison comparison) {
        if (output.json()) {
            terminal.line(comparison.json().toString());
        } else {
            comparison.lines().forEach(terminal::line);
        }
    }

    private List<BenchItem> chosen(List<BenchItem> all) {
        for (String name : names) {
            if (all.stream().noneMatch(item -> item.name().equals(name))) {
                throw CommandFailed.usage("'" + name + "' is not in the list: give some of "
                        + String.join(", ", all.stream().map(BenchItem::name).toList()));
            }
        }
        return all.stream()
                .filter(item -> names.isEmpty() || names.contains(item.name()))
                .toList();
    }
}
