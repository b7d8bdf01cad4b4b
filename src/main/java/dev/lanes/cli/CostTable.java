package dev.lanes.cli;

import static dev.lanes.cli.Table.Column.figure;
import static dev.lanes.cli.Table.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A cost's report as text: what was measured, what it is to reach, and how it was measured. */
final class CostTable {
    private final JsonNode cost;

    CostTable(JsonNode cost) {
        this.cost = cost;
    }

    /** Whether it was measured to its end, and all that was published has arrived. */
    static boolean delivered(JsonNode cost) {
        return cost.path("state").asText().equals("finished")
                && cost.path("delivered").asBoolean();
    }

    String title() {
        return cost.path("name").asText() + ": " + cost.path("why").asText() + ", "
                + cost.path("rounds").asText() + (cost.path("rounds").asInt() == 1 ? " round" : " rounds");
    }

    Table figures() {
        Table table = new Table(text("figure"), figure("median"), text("unit"), text("spread"));
        for (JsonNode row : cost.path("rows")) {
            JsonNode value = row.path("value");
            table.add(
                    row.path("name").asText(),
                    Figures.rate(value.path("median")),
                    row.path("unit").asText(),
                    value.isObject() ? Figures.rate(value.path("min")) + "-" + Figures.rate(value.path("max")) : "-");
        }
        return table;
    }

    Table targets() {
        Table table = new Table(text("target"), figure("measured"), text("wanted"), text("met"));
        for (JsonNode target : cost.path("targets")) {
            JsonNode met = target.path("met");
            boolean ratio = target.path("unit").asText().isEmpty();
            table.add(
                    target.path("name").asText(),
                    ratio ? Figures.twoDecimals(target.path("value")) : Figures.rate(target.path("value")),
                    target.path("target").asText(),
                    met.isBoolean() ? (met.asBoolean() ? "yes" : "no") : "-");
        }
        return table;
    }

    /** What is to be said of it beside the figures. */
    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (!cost.path("state").asText().equals("finished")) {
            remarks.add("the measurement is " + cost.path("state").asText()
                    + (cost.path("error").isTextual()
                            ? ": " + cost.path("error").asText()
                            : ""));
        }
        for (JsonNode row : cost.path("rows")) {
            if (row.path("reason").isTextual()) {
                remarks.add(row.path("name").asText() + " has no figure: "
                        + row.path("reason").asText());
            }
        }
        if (!cost.path("doubts").isEmpty()) {
            remarks.add("the figures are not reliable: " + String.join("; ", LanesApi.texts(cost.path("doubts"))));
        }
        return remarks;
    }

    /** How it was measured, on what, and how to do it again. */
    List<String> circumstances() {
        JsonNode machine = cost.path("environment");
        List<String> lines = new ArrayList<>();
        lines.add(cost.path("how").asText());
        if (machine.isObject()) {
            lines.add(MachineWords.of(machine) + ", load at the start "
                    + Figures.twoDecimals(machine.path("loadAtStart")) + ", other programs "
                    + Figures.twoDecimals(machine.path("coresOfOthers")) + " cores");
        }
        lines.add(cost.path("startedAt").asText() + ", again with: ./lanes bench "
                + cost.path("name").asText() + " --repeat "
                + cost.path("rounds").asText());
        return lines;
    }
}
