package dev.lanes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Set;

/** Publishes one task and, if asked to, waits for its end. */
record OneTask(LanesApi api, Terminal terminal, boolean json) {
    private static final Set<String> FINISHED = Set.of("SUCCEEDED", "DEAD", "CANCELLED");
    private static final Duration HOLD = Duration.ofSeconds(1);

    void publish(JsonNode request, boolean wait) {
        JsonNode task = api.post("/api/tasks", request);
        task.path("warnings").forEach(warning -> terminal.warning(warning.asText()));
        if (wait) {
            report(end(task));
        } else if (json) {
            terminal.line(task.toString());
        } else {
            terminal.line("published to " + task.path("lane").asText() + ": "
                    + api.url("/api/tasks/" + task.path("id").asText()));
        }
    }

    /** Asks again each time the server has held the question back for a while, so that the progress moves. */
    private JsonNode end(JsonNode published) {
        Progress progress = new Progress(terminal);
        String path = "/api/tasks/" + published.path("id").asText() + "?waitMs=" + HOLD.toMillis();
        JsonNode task = published;
        while (!FINISHED.contains(task.path("state").asText())) {
            String state = task.path("state").asText();
            progress.show(() -> state + " for " + Figures.seconds(progress.elapsed()));
            task = api.get(path, HOLD);
        }
        progress.clear();
        return task;
    }

    private void report(JsonNode task) {
        boolean succeeded = task.path("state").asText().equals("SUCCEEDED");
        if (json) {
            terminal.line(task.toString());
        } else if (succeeded) {
            terminal.line(summary(task));
            showResult(task.path("result"));
        }
        if (!succeeded) {
            throw new CommandFailed(failure(task));
        }
    }

    private void showResult(JsonNode result) {
        if (!result.isNull()) {
            terminal.line(result.isTextual() ? result.asText() : result.toString());
        }
    }

    private String summary(JsonNode task) {
        JsonNode attempt = lastAttempt(task);
        return terminal.green("SUCCEEDED") + " on " + attempt.path("lane").asText() + ", pid "
                + attempt.path("pid").asText() + ", thread "
                + attempt.path("thread").asText() + ": waited "
                + Figures.millis(task.path("waitMs")) + ", ran " + Figures.millis(task.path("runMs"));
    }

    private static String failure(JsonNode task) {
        int attempts = task.path("attempts").size();
        String error = task.path("error").isTextual()
                ? task.path("error").asText()
                : lastAttempt(task).path("error").asText("no error given");
        return "task " + task.path("id").asText() + " is " + task.path("state").asText() + " after " + attempts
                + (attempts == 1 ? " attempt: " : " attempts: ")
                + error.lines().findFirst().orElse("");
    }

    private static JsonNode lastAttempt(JsonNode task) {
        JsonNode attempts = task.path("attempts");
        return attempts.path(attempts.size() - 1);
    }
}
