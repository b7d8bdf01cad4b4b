package dev.lanes.cli;

import static dev.lanes.cli.Table.Column.figure;
import static dev.lanes.cli.Table.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ./lanes races}: the reports of the races that have been run. */
@Command(
        name = "races",
        sortOptions = false,
        description = "List the races that have been run, or show the report of one.")
final class RacesCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "ID", description = "The race to show, as the list names it.")
    private @Nullable String id;

    @Mixin
    private RaceOutput output = new RaceOutput();

    @Mixin
    private ApiOptions apiOptions = new ApiOptions();

    private final Terminal terminal = Terminal.current();

    @Override
    public Integer call() {
        LanesApi api = apiOptions.api();
        if (id != null) {
            output.show(api.get("/api/races/" + LanesApi.pathSegment(id)), terminal);
            return 0;
        }
        JsonNode races = api.get("/api/races");
        if (output.json()) {
            terminal.line(races.toString());
        } else if (races.isEmpty()) {
            terminal.line("no race has been run: ./lanes race noop");
        } else {
            terminal.table(table(races));
        }
        return 0;
    }

    private static Table table(JsonNode races) {
        Table table = new Table(
                text("race"),
                text("started"),
                text("state"),
                text("mode"),
                text("workload"),
                figure("rounds"),
                text("fastest"));
        for (JsonNode race : races) {
            table.add(
                    race.path("id").asText(),
                    race.path("startedAt").asText("").replaceFirst("\\..*", "Z"),
                    race.path("state").asText(),
                    race.path("mode").asText(),
                    race.path("workload").asText(),
                    race.path("rounds").asText(),
                    String.join(", ", LanesApi.texts(race.path("standing").path(0))));
        }
        return table;
    }
}
