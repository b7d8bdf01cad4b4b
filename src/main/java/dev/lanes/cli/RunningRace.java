package dev.lanes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A race that is waited for, with progress; Ctrl-C cancels it. */
final class RunningRace {
    private final LanesApi api;
    private final Terminal terminal;

    RunningRace(LanesApi api, Terminal terminal) {
        this.api = api;
        this.terminal = terminal;
    }

    /**
     * Starts it, and answers the report once it has finished.
     *
     * @param cut is given the report of one that ended before that, by Ctrl-C or not, if anything had been measured
     */
    JsonNode run(JsonNode request, Consumer<JsonNode> cut) {
        JsonNode started = api.post("/api/races", request);
        JsonNode race = new UntilEnded(api, terminal, "the race", report -> giveMeasured(report, cut))
                .await("/api/races/" + started.path("id").asText(), started, RunningRace::now);
        if (!race.path("state").asText().equals("finished")) {
            giveMeasured(race, cut);
            throw new CommandFailed("the race is " + race.path("state").asText() + ": "
                    + race.path("error").asText("./lanes races shows what there is"));
        }
        return race;
    }

    private static void giveMeasured(JsonNode race, Consumer<JsonNode> cut) {
        if (!race.path("raw").isEmpty()) {
            cut.accept(race);
        }
    }

    private static String now(JsonNode race) {
        String done = race.path("done").properties().stream()
                .map(lane -> lane.getKey() + " " + Figures.count(lane.getValue()))
                .collect(Collectors.joining(", "));
        return race.path("state").asText() + ": " + race.path("step").asText()
                + (done.isEmpty() ? "" : ", done: " + done);
    }
}
