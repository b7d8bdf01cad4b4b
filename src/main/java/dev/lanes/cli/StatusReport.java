package dev.lanes.cli;

import static dev.lanes.cli.Table.Column.figure;
import static dev.lanes.cli.Table.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code status} shows, from what the server says. */
final class StatusReport {
    private static final List<String> TOTALS =
            List.of("published", "succeeded", "dead", "cancelled", "pending", "duplicates");

    private StatusReport() {}

    static boolean well(JsonNode health) {
        return health.path("status").asText().equals("UP");
    }

    /** What the health page says is missing, and what to do. */
    static List<String> wrong(JsonNode health) {
        List<String> wrong = new ArrayList<>();
        for (JsonNode check : health.path("checks")) {
            if (!well(check)) {
                JsonNode data = check.path("data");
                wrong.add(check.path("name").asText()
                        + (data.has("awaySince")
                                ? " is away since " + data.path("awaySince").asText()
                                : " is not ready")
                        + ": " + data.path("remedy").asText("see the log"));
            }
        }
        return wrong;
    }

    static Table lanes(JsonNode lanes) {
        Table table = new Table(
                text("lane"),
                figure("running"),
                figure("lag"),
                figure("done/s"),
                figure("failed/s"),
                figure("wait p99"),
                figure("run p99"));
        for (JsonNode lane : lanes) {
            table.add(
                    lane.path("lane").asText() + (lane.path("paused").asBoolean() ? " (paused)" : ""),
                    Figures.count(lane.path("running")) + "/" + Figures.count(lane.path("concurrency")),
                    Figures.count(lane.path("lagRecords")),
                    Figures.rate(lane.path("throughputPerSecond")),
                    Figures.rate(lane.path("failedPerSecond")),
                    Figures.millis(lane.path("waitMsPercentiles").path("p99")),
                    Figures.millis(lane.path("runMsPercentiles").path("p99")));
        }
        return table;
    }

    static String totals(JsonNode summary) {
        return TOTALS.stream()
                .map(name -> name + " " + Figures.count(summary.path(name)))
                .collect(Collectors.joining(", "));
    }

    static Table processes(JsonNode processes) {
        Table table = new Table(
                figure("pid"),
                text("host"),
                figure("running"),
                figure("CPU"),
                figure("memory"),
                figure("threads"),
                figure("restarts"),
                text("version"),
                text("lanes"));
        for (JsonNode process : processes) {
            table.add(
                    process.path("pid").asText(),
                    process.path("host").asText(),
                    Figures.count(process.path("running")),
                    Figures.percent(process.path("cpuPercent")),
                    Figures.megabytes(process.path("rssBytes")),
                    Figures.count(process.path("threads")),
                    Figures.count(process.path("restarts")),
                    process.path("version").asText(),
                    lanesOf(process));
        }
        return table;
    }

    static String lanesOf(JsonNode process) {
        List<String> names = new ArrayList<>();
        process.path("lanes").forEach(lane -> names.add(lane.asText()));
        return String.join(", ", names);
    }
}
