package dev.lanes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.stream.Collectors;

/** A race that is waited for, with progress; Ctrl-C cancels it. */
final class RunningRace {
    private static final Duration CHECK = Duration.ofMillis(300);

    private final LanesApi api;
    private final Terminal terminal;

    RunningRace(LanesApi api, Terminal terminal) {
        this.api = api;
        this.terminal = terminal;
    }

    /** Starts it, and answers the report once it has finished. */
    JsonNode run(JsonNode request) {
        JsonNode race = api.post("/api/races", request);
        String path = "/api/races/" + race.path("id").asText();
        Thread canceller = Thread.ofPlatform().name("lanes-cancel").unstarted(() -> cancel(path));
        Runtime.getRuntime().addShutdownHook(canceller);
        Progress progress = new Progress(terminal);
        while (running(race)) {
            String now = now(race);
            progress.show(() -> now + ", " + Figures.seconds(progress.elapsed()));
            Pause.of(CHECK);
            race = api.get(path);
        }
        progress.clear();
        Runtime.getRuntime().removeShutdownHook(canceller);
        if (!race.path("state").asText().equals("finished")) {
            throw new CommandFailed("the race is " + race.path("state").asText() + ": "
                    + race.path("error").asText("./lanes races shows what there is"));
        }
        return race;
    }

    private static boolean running(JsonNode race) {
        String state = race.path("state").asText();
        return state.equals("waiting") || state.equals("running");
    }

    private static String now(JsonNode race) {
        String done = race.path("done").properties().stream()
                .map(lane -> lane.getKey() + " " + Figures.count(lane.getValue()))
                .collect(Collectors.joining(", "));
        return race.path("state").asText() + ": " + race.path("step").asText()
                + (done.isEmpty() ? "" : ", done: " + done);
    }

    /** Nobody waits for it any more. */
    private void cancel(String path) {
        try {
            api.delete(path);
            terminal.error("the race is cancelled");
        } catch (CommandFailed overOrGone) {
            terminal.error("the race may go on: " + overOrGone.getMessage());
        }
    }
}
