package dev.lanes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./lanes dead redrive}. */
@Command(
        name = "redrive",
        sortOptions = false,
        description = "Give dead tasks back to their lanes: those with these ids, or those that the filter finds.")
final class DeadRedriveCommand extends DeadDeed {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    @Option(names = "--to", paramLabel = "L", description = "To this lane (default: the one on which each died).")
    private @Nullable String to;

    @Option(names = "--per-second", paramLabel = "N", description = "At most so many a second.")
    private @Nullable Integer perSecond;

    @Override
    String verb() {
        return "redrive";
    }

    @Override
    ObjectNode body() {
        ObjectNode body = super.body();
        if (to != null) {
            body.put("to", to);
        }
        if (perSecond != null) {
            body.put("perSecond", perSecond);
        }
        return body;
    }

    @Override
    int follow(LanesApi api, JsonNode started) {
        JsonNode job = started;
        while (job.path("state").asText().equals("RUNNING")) {
            terminal.progress(soFar(job));
            Pause.of(LOOK_AGAIN);
            job = api.get("/api/dead/redrive/" + started.path("id").asText());
        }
        terminal.clearProgress();
        if (json) {
            terminal.line(job.toString());
        } else {
            terminal.line(soFar(job));
            job.path("refused")
                    .forEach(one -> terminal.line(one.path("id").asText() + " stays dead: "
                            + one.path("reason").asText()));
        }
        if (job.hasNonNull("error")) {
            throw new CommandFailed(job.path("error").asText());
        }
        return job.path("refusedCount").asInt() == 0 ? 0 : 1;
    }

    private static String soFar(JsonNode job) {
        return job.path("redriven") + " of " + job.path("matched") + " redriven";
    }
}
