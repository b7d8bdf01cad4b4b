package dev.lanes.cli;

import static dev.lanes.cli.Table.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/** Shows claims, and what was measured. */
final class ExperimentReport {
    private final Terminal terminal;

    ExperimentReport(Terminal terminal) {
        this.terminal = terminal;
    }

    void claim(JsonNode claim) {
        terminal.line("");
        terminal.line(terminal.bold(
                claim.path("number").asText() + "  " + claim.path("taught").asText()));
    }

    void finding(JsonNode experiment, Guess guess) {
        if (experiment.path("state").asText().equals("failed")) {
            terminal.error("it failed: " + experiment.path("error").asText());
            return;
        }
        labelled("verdict", verdict(experiment));
        labelled("measured", experiment.path("measured").asText());
        guess.value()
                .ifPresent(value -> labelled(
                        "your guess",
                        number(value) + " " + experiment.path("unit").asText() + was(experiment.path("answer"))));
        if (experiment.path("picture").isTextual()) {
            terminal.line("");
            experiment.path("picture").asText().lines().forEach(terminal::line);
            terminal.line("");
        }
        for (JsonNode figure : experiment.path("figures")) {
            labelled(
                    "",
                    figure.path("name").asText() + ": "
                            + number(figure.path("value").asDouble()) + " "
                            + figure.path("unit").asText());
        }
        labelled("threshold", experiment.path("threshold").asText());
        labelled("how", experiment.path("how").asText());
        labelled("in Python", experiment.path("onPython").asText());
        labelled("on the JVM", experiment.path("onJvm").asText());
        labelled("remember", experiment.path("lesson").asText());
    }

    /** Nothing where there is no answer, as it could not be measured. */
    private static String was(JsonNode answer) {
        return answer.isNumber() ? "; it was " + number(answer.asDouble()) : "";
    }

    private void labelled(String label, String text) {
        if (!text.isBlank()) {
            terminal.line("    " + terminal.dim(String.format(Locale.ROOT, "%-11s", label)) + text);
        }
    }

    private String verdict(JsonNode experiment) {
        String verdict = experiment.path("verdict").asText();
        return verdict.equals("holds") ? terminal.green(verdict) : terminal.bold(verdict);
    }

    private static String number(double value) {
        double size = Math.abs(value);
        return value == Math.rint(value) && size < 1e15
                ? String.format(Locale.ROOT, "%,d", (long) value)
                : String.format(Locale.ROOT, size >= 100 ? "%,.0f" : size >= 1 ? "%.2f" : "%.4f", value);
    }

    /** The claims themselves, where nothing has been said of them yet. */
    static Table list(List<JsonNode> experiments) {
        Table table = new Table(text("claim"), text("name"), text("verdict"), text("taught"));
        experiments.forEach(one -> table.add(
                one.path("number").asText(),
                one.path("name").asText(),
                verdictOrFailure(one),
                one.path("taught").asText()));
        return table;
    }

    /** What came of them. */
    static Table summary(List<JsonNode> experiments) {
        Table table = new Table(text("claim"), text("name"), text("verdict"));
        experiments.forEach(one -> table.addWithNote(
                one.path("measured").asText(""),
                one.path("number").asText(),
                one.path("name").asText(),
                verdictOrFailure(one)));
        return table;
    }

    private static String verdictOrFailure(JsonNode one) {
        String state = one.path("state").asText();
        return state.equals("failed") ? state : one.path("verdict").asText();
    }
}
