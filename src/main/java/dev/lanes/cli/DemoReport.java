package dev.lanes.cli;

import static dev.lanes.cli.Table.Column.figure;
import static dev.lanes.cli.Table.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Shows each lane of the demo once it has finished, and all of them in one table at the end. */
final class DemoReport {
    private static final int AXIS_WIDTH = 36;
    /** Three tasks one after the other, and some room: no lane should need more. */
    private static final double AXIS_TASKS = 3.5;

    private final Terminal terminal;
    private int shown;

    DemoReport(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Shows the lanes that have finished since the last call. */
    void showNew(JsonNode demo) {
        int index = 0;
        for (JsonNode round : demo.path("rounds")) {
            boolean first = true;
            for (JsonNode lane : round.path("lanes")) {
                if (index++ >= shown) {
                    terminal.clearProgress();
                    showLane(round, lane, first);
                    shown++;
                }
                first = false;
            }
        }
    }

    private void showLane(JsonNode round, JsonNode lane, boolean first) {
        if (first) {
            terminal.line("");
            terminal.line(terminal.bold(round.path("round").asText()) + ": tasks A, B and C, each "
                    + round.path("type").asText() + " " + round.path("payload") + ", "
                    + Figures.twoDecimals(round.path("taskSeconds")) + " s when alone");
        }
        terminal.line(String.format(
                Locale.ROOT, "  %-10s %s s", lane.path("lane").asText(), Figures.twoDecimals(lane.path("seconds"))));
        TimeAxis axis = new TimeAxis(round.path("taskSeconds").asDouble(1) * 1000 * AXIS_TASKS, AXIS_WIDTH);
        lane.path("tasks").forEach(task -> terminal.line(taskLine(task, axis)));
    }

    private static String taskLine(JsonNode task, TimeAxis axis) {
        double start = task.path("startMs").asDouble();
        double end = task.path("endMs").asDouble();
        return String.format(
                Locale.ROOT,
                "    %s |%s| %5.2f-%5.2f s  %s, %s",
                task.path("name").asText(),
                axis.bar(start, end),
                start / 1000,
                end / 1000,
                process(task),
                thread(task));
    }

    private static String process(JsonNode task) {
        String process = task.path("process").asText();
        return process.contains("/") ? process : "pid " + process;
    }

    private static String thread(JsonNode task) {
        String name = task.path("thread").asText("");
        return name.isEmpty() && task.path("virtualThread").asBoolean() ? "virtual thread" : name;
    }

    static Table table(JsonNode demo) {
        Table table = new Table(
                text("round"),
                text("lane"),
                figure("seconds"),
                figure("processes"),
                figure("threads"),
                figure("CPU s / wall s"));
        for (JsonNode round : demo.path("rounds")) {
            for (JsonNode lane : round.path("lanes")) {
                table.addWithNote(
                        lane.path("why").asText(""),
                        round.path("round").asText(),
                        lane.path("lane").asText(),
                        Figures.twoDecimals(lane.path("seconds")),
                        Integer.toString(lane.path("processes").size()),
                        Integer.toString(lane.path("threads").size()),
                        Figures.twoDecimals(lane.path("cpuPerWall")));
            }
        }
        return table;
    }
}
