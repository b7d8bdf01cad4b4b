package dev.lanes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The form in which a race's report is shown. */
final class RaceOutput {
    @ArgGroup
    private Form form = new Form();

    /** One of them. */
    static final class Form {
        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Option(names = "--markdown", description = "Print Markdown.")
        private boolean markdown;
    }

    boolean json() {
        return form.json;
    }

    boolean markdown() {
        return form.markdown;
    }

    void show(JsonNode race, Terminal terminal) {
        RaceTable report = new RaceTable(race);
        if (form.json) {
            terminal.line(race.toString());
        } else if (form.markdown) {
            terminal.line("### " + report.title() + "\n");
            report.table().markdown().forEach(terminal::line);
            terminal.line("");
            report.costs().markdown().forEach(terminal::line);
            terminal.line("");
            report.remarks().forEach(remark -> terminal.line("- " + remark));
            report.circumstances().forEach(line -> terminal.line("- " + line));
        } else {
            terminal.line(terminal.bold(report.title()));
            terminal.line("");
            terminal.table(report.table());
            terminal.line("");
            report.remarks().forEach(terminal::line);
            report.circumstances().forEach(line -> terminal.line(terminal.dim(line)));
        }
    }
}
