package dev.lanes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;

/** Publishes the same task many times, as one streamed batch, and, if asked to, waits for their ends. */
record TaskBatch(LanesApi api, Terminal terminal, boolean json) {
    void publish(JsonNode task, long count, boolean wait) {
        BatchEnd end = wait ? BatchEnd.expect(api, terminal) : null;
        Progress progress = new Progress(terminal);
        JsonNode answer = send(task, count, progress);
        long accepted = answer.path("accepted").asLong();
        if (!json) {
            terminal.line("published " + Figures.count(accepted) + " tasks in " + Figures.seconds(progress.elapsed())
                    + rate(accepted, progress.elapsed()) + ", batch "
                    + answer.path("batch").asText());
        }
        ObjectNode report = answer.deepCopy();
        BatchEnd.Outcome outcome = end == null
                ? BatchEnd.Outcome.NONE
                : end.await(answer.path("batch").asText(), accepted);
        if (end != null) {
            outcome.addTo(report);
        }
        if (json) {
            terminal.line(report.toString());
        } else if (end != null) {
            terminal.line(outcome.toString() + rate(accepted, outcome.time()));
        }
        failUnlessAllDid(answer, count, outcome);
    }

    private JsonNode send(JsonNode task, long count, Progress progress) {
        InputStream lines = new RepeatedLine(
                task.toString(),
                count,
                read -> progress.show(() -> "sent " + Figures.count(read) + " of " + Figures.count(count)));
        JsonNode answer = api.postLines("/api/tasks", lines, UUID.randomUUID().toString());
        progress.clear();
        return answer;
    }

    private void failUnlessAllDid(JsonNode answer, long count, BatchEnd.Outcome outcome) {
        long rejected = answer.path("rejectedCount").asLong();
        if (rejected > 0) {
            JsonNode first = answer.path("rejected").path(0);
            throw new CommandFailed(Figures.count(rejected) + " of " + Figures.count(count)
                    + " were rejected, the first (line " + first.path("line").asText() + "): "
                    + first.path("reason").asText());
        }
        if (outcome.dead() + outcome.cancelled() > 0) {
            throw new CommandFailed(Figures.count(outcome.dead() + outcome.cancelled()) + " tasks did not succeed: see "
                    + api.url("/api/tasks?state=" + (outcome.dead() > 0 ? "DEAD" : "CANCELLED") + "&batch="
                            + answer.path("batch").asText()));
        }
    }

    private static String rate(long tasks, Duration time) {
        return String.format(Locale.ROOT, " (%,.0f/s)", tasks * 1000.0 / Math.max(1, time.toMillis()));
    }
}
