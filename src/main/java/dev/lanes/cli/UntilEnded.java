package dev.lanes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/** Something measured that is waited for, with progress; Ctrl-C cancels it. */
final class UntilEnded {
    private static final Duration CHECK = Duration.ofSeconds(1);
    /** Longer than a JVM takes to end. */
    private static final Duration TO_END = Duration.ofMinutes(1);

    private final LanesApi api;
    private final Terminal terminal;
    private final String what;
    private final Consumer<JsonNode> cancelled;

    /**
     * @param what it is, for people
     * @param cancelled is given the report of one that Ctrl-C has cancelled
     */
    UntilEnded(LanesApi api, Terminal terminal, String what, Consumer<JsonNode> cancelled) {
        this.api = api;
        this.terminal = terminal;
        this.what = what;
        this.cancelled = cancelled;
    }

    /**
     * Answers the report of what has ended, well or not.
     *
     * @param path where the report is, and where it is cancelled
     * @param now what it does, for people
     */
    JsonNode await(String path, JsonNode started, Function<JsonNode, String> now) {
        Thread canceller = Thread.ofPlatform().name("lanes-cancel").unstarted(() -> cancel(path));
        Runtime.getRuntime().addShutdownHook(canceller);
        Progress progress = new Progress(terminal);
        JsonNode report = started;
        String step = "";
        try {
            while (busy(report)) {
                String text = now.apply(report);
                progress.show(() -> text + ", " + Figures.seconds(progress.elapsed()));
                if (!step.equals(step(report))) {
                    step = step(report);
                    terminal.step(what + " is " + step);
                }
                Pause.of(CHECK);
                report = api.get(path);
            }
        } catch (CommandFailed gone) {
            forget(canceller);
            throw new CommandFailed(what + " cannot be followed any more: " + gone.getMessage(), gone);
        }
        progress.clear();
        forget(canceller);
        return report;
    }

    private static String step(JsonNode report) {
        return report.path("state").asText() + ": " + report.path("step").asText();
    }

    private static void forget(Thread canceller) {
        try {
            Runtime.getRuntime().removeShutdownHook(canceller);
        } catch (IllegalStateException ending) {
            // It has been cancelled by Ctrl-C: the hook says the rest, and the JVM ends.
            Pause.of(TO_END);
        }
    }

    private static boolean busy(JsonNode report) {
        String state = report.path("state").asText();
        return state.equals("waiting") || state.equals("running");
    }

    /** Nobody waits for it any more. */
    private void cancel(String path) {
        try {
            JsonNode report = api.delete(path);
            terminal.error(what + " is cancelled");
            cancelled.accept(report);
        } catch (CommandFailed overOrGone) {
            terminal.error(what + " may go on: " + overOrGone.getMessage());
        }
    }
}
