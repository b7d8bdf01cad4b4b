package dev.lanes.cli;

import static dev.lanes.cli.Table.Column.figure;
import static dev.lanes.cli.Table.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Shows a race that has finished. */
final class RaceTable {
    private static final int MEGABYTE = 1_000_000;

    private final Terminal terminal;

    RaceTable(Terminal terminal) {
        this.terminal = terminal;
    }

    void show(JsonNode race) {
        JsonNode machine = race.path("environment");
        terminal.line(terminal.bold(race.path("workload").asText()) + ", "
                + Figures.count(race.path("count")) + " tasks a round, "
                + race.path("rounds").asText() + " rounds, "
                + race.path("budget").asText() + ", " + machine.path("cores").asText() + " cores, JDK "
                + machine.path("jdk").asText());
        terminal.line("");
        terminal.table(table(race));
        race.path("lanes").properties().stream()
                .filter(lane -> !lane.getValue().path("delivered").asBoolean())
                .forEach(lane -> terminal.warning(lane.getKey() + " has no figures: "
                        + lane.getValue().path("fault").asText()));
    }

    private static Table table(JsonNode race) {
        Table table = new Table(
                text("lane"),
                figure("in flight"),
                figure("tasks/s"),
                text("spread"),
                figure("of bare client"),
                figure("wait p99"),
                figure("run p99"),
                figure("CPU us/task"),
                figure("cores busy"),
                figure("memory"));
        JsonNode bare = race.path("bareClient");
        if (bare.isObject()) {
            table.add(
                    "bare client",
                    "",
                    whole(bare.path("tasksPerSecond").path("median")),
                    spread(bare.path("tasksPerSecond")),
                    "1.00",
                    "",
                    "",
                    whole(bare.path("cpuMicrosPerTask")),
                    "",
                    "");
        }
        race.path("lanes").properties().forEach(lane -> add(table, lane.getKey(), lane.getValue()));
        return table;
    }

    private static void add(Table table, String name, JsonNode lane) {
        table.add(
                name,
                Figures.count(lane.path("concurrency")),
                whole(lane.path("tasksPerSecond").path("median")),
                spread(lane.path("tasksPerSecond")),
                Figures.twoDecimals(lane.path("ratioToBareClient")),
                Figures.millis(lane.path("waitMsPercentiles").path("p99")),
                Figures.millis(lane.path("runMsPercentiles").path("p99")),
                whole(lane.path("cpuMicrosPerTask")),
                Figures.twoDecimals(lane.path("onCpuMean")),
                lane.path("rssBytes").isNumber()
                        ? String.format(
                                Locale.ROOT, "%d MB", lane.path("rssBytes").asLong() / MEGABYTE)
                        : "-");
    }

    private static String spread(JsonNode spread) {
        return spread.isObject() ? whole(spread.path("min")) + "-" + whole(spread.path("max")) : "-";
    }

    private static String whole(JsonNode figure) {
        return figure.isNumber() ? String.format(Locale.ROOT, "%,d", Math.round(figure.asDouble())) : "-";
    }
}
