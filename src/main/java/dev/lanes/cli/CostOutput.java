package dev.lanes.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** Shows a cost's report in the form that was asked for. */
final class CostOutput {
    private final RaceOutput form;
    private final Terminal terminal;

    CostOutput(RaceOutput form, Terminal terminal) {
        this.form = form;
        this.terminal = terminal;
    }

    void show(JsonNode cost) {
        CostTable report = new CostTable(cost);
        if (form.json()) {
            terminal.line(cost.toString());
        } else if (form.markdown()) {
            terminal.line("### " + report.title() + "\n");
            report.figures().markdown().forEach(terminal::line);
            terminal.line("");
            report.targets().markdown().forEach(terminal::line);
            terminal.line("");
            report.remarks().forEach(remark -> terminal.line("- " + remark));
            report.circumstances().forEach(line -> terminal.line("- " + line));
        } else {
            terminal.line(terminal.bold(report.title()));
            terminal.line("");
            terminal.table(report.figures());
            terminal.line("");
            terminal.table(report.targets());
            terminal.line("");
            report.remarks().forEach(terminal::line);
            report.circumstances().forEach(line -> terminal.line(terminal.dim(line)));
        }
    }
}
