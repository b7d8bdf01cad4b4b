package dev.lanes.cli;

import static dev.lanes.cli.Table.Column.figure;
import static dev.lanes.cli.Table.Column.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lanes.race.fault.FaultPlan;
import dev.lanes.race.fault.FaultSuite;
import dev.lanes.race.fault.Row;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code faults} tells: each step, each row as it comes, and at the end the table. */
final class FaultsReport implements FaultSuite.Listener {
    /** Of lost tasks; the JSON has all. */
    private static final int SHOWN_IDS = 5;

    private final Terminal terminal;
    private final FaultPlan plan;
    private final boolean json;
    private final Progress progress;

    FaultsReport(Terminal terminal, FaultPlan plan, boolean json) {
        this.terminal = terminal;
        this.plan = plan;
        this.json = json;
        this.progress = new Progress(terminal);
    }

    @Override
    public void progress(String step) {
        progress.show(() -> step + ", " + Figures.seconds(progress.elapsed()));
    }

    @Override
    public void row(Row row) {
        progress.clear();
        if (!json) {
            terminal.line(row.fault().title() + ", " + row.lanes() + ": " + inWords(row) + " ("
                    + Figures.seconds(progress.elapsed()) + " since the start)");
        }
    }

    private static String inWords(Row row) {
        if (row.notRun() != null) {
            return "not run: " + row.notRun();
        }
        return row.good()
                ? Figures.count(row.tasks()) + " tasks, none lost, recovered in " + seconds(row.recovery())
                : wrong(row);
    }

    void show(List<Row> rows) {
        progress.clear();
        if (json) {
            terminal.line(json(rows).toString());
            return;
        }
        terminal.line("");
        terminal.table(table(rows));
        rows.stream()
                .filter(row -> !row.good())
                .forEach(row -> terminal.error(row.fault().name() + ", " + row.lanes() + ": " + wrong(row)));
    }

    private static String wrong(Row row) {
        String lost = row.lost().isEmpty() ? "" : row.lost().size() + " lost: " + some(row.lost()) + "; ";
        return lost + String.join("; ", row.problems());
    }

    private static String some(List<String> ids) {
        String shown = ids.stream().limit(SHOWN_IDS).collect(Collectors.joining(" "));
        return ids.size() > SHOWN_IDS ? shown + " ..." : shown;
    }

    private static Table table(List<Row> rows) {
        Table table = new Table(
                text("fault"),
                text("lane"),
                figure("tasks"),
                figure("tasks hurt"),
                figure("duplicates"),
                figure("lost"),
                figure("time to recover"),
                text("verdict"));
        for (Row row : rows) {
            if (row.notRun() != null) {
                table.add(row.fault().title(), row.lanes(), "", "", "", "", "", "not run: " + row.notRun());
            } else {
                table.add(
                        row.fault().title(),
                        row.lanes(),
                        Figures.count(row.tasks()),
                        Figures.count(row.hurt()),
                        Figures.count(row.duplicates()),
                        Figures.count(row.lost().size()),
                        seconds(row.recovery()),
                        row.good() ? "all accounted for" : "wrong, see below");
            }
        }
        return table;
    }

    private static String seconds(@org.jspecify.annotations.Nullable Duration time) {
        return time == null ? "-" : Figures.seconds(time);
    }

    private ObjectNode json(List<Row> rows) {
        ObjectNode report = LanesApi.JSON.createObjectNode();
        report.put("count", plan.count()).put("seed", plan.seed()).put("short", plan.brief());
        report.put("good", rows.stream().allMatch(Row::good));
        var array = report.putArray("rows");
        for (Row row : rows) {
            ObjectNode one = array.addObject();
            one.put("fault", row.fault().name()).put("lane", row.lanes()).put("tasks", row.tasks());
            one.put("hurt", row.hurt()).put("duplicates", row.duplicates());
            Duration recovery = row.recovery();
            one.put("recoverMs", recovery == null ? null : (Long) recovery.toMillis());
            one.put("notRun", row.notRun());
            row.lost().forEach(one.putArray("lost")::add);
            row.problems().forEach(one.putArray("problems")::add);
        }
        return report;
    }
}
