package dev.lanes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What is to be said of a race beside its figures: how it ended, who won, who failed, and whether to believe it. */
final class RaceRemarks {
    private final JsonNode race;
    private final Map<String, JsonNode> results;
    private final Map<String, JsonNode> bare;
    private final List<String> remarks = new ArrayList<>();

    private RaceRemarks(JsonNode race, Map<String, JsonNode> results, Map<String, JsonNode> bare) {
        this.race = race;
        this.results = results;
        this.bare = bare;
    }

    /**
     * One in a line.
     *
     * @param results of those that run tasks, by name
     * @param bare those of the others
     */
    static List<String> of(JsonNode race, Map<String, JsonNode> results, Map<String, JsonNode> bare) {
        return new RaceRemarks(race, results, bare).all();
    }

    private List<String> all() {
        if (race.path("error").isTextual()) {
            remarks.add("the race is " + race.path("state").asText() + ": "
                    + race.path("error").asText());
        }
        if (race.path("state").asText().equals("cancelled")) {
            remarks.add(
                    race.path("raw").isEmpty()
                            ? "the race was cancelled before its first round"
                            : "the race was cancelled: these are the rounds until then");
        }
        standing();
        split();
        bare.forEach((name, client) -> {
            if (client.path("fault").isTextual()) {
                remarks.add(name + " has no figures: " + client.path("fault").asText());
            }
        });
        results.forEach((name, result) -> {
            if (!result.path("delivered").asBoolean()) {
                remarks.add(name + " has no figures: " + result.path("fault").asText());
            } else if (result.path("keptUp").isBoolean()
                    && !result.path("keptUp").asBoolean()) {
                remarks.add(name + " did not keep up with " + Figures.count(race.path("ratePerSecond"))
                        + " tasks/s: its waits grow the longer it goes on");
            }
        });
        compare("with the ledger beside them, lanes do, of what they do alone", "ledger", "ratioToLedgerOff");
        compare("of what they do in memory, lanes do", "lanes", "ratioToInMemory");
        JsonNode blocked = race.at("/lanes/reactive/loopBlockedMs");
        if (blocked.asLong() > 0) {
            remarks.add("on reactive tasks blocked the event loop for " + Figures.millis(blocked) + " in all rounds");
        }
        LanesApi.texts(race.path("doubts")).forEach(doubt -> remarks.add("not reliable: " + doubt));
        return List.copyOf(remarks);
    }

    /** In one line, for all that have that ratio. */
    private void compare(String what, String lanes, String ratio) {
        String each = race.path(lanes).properties().stream()
                .filter(lane -> lane.getValue().path(ratio).isNumber())
                .map(lane ->
                        lane.getKey() + " " + RaceTable.ratio(lane.getValue().path(ratio)))
                .collect(Collectors.joining(", "));
        if (!each.isEmpty()) {
            remarks.add(what + ": " + each);
        }
    }

    private void split() {
        JsonNode split = race.path("split");
        if (!split.isObject()) {
            return;
        }
        boolean equal = split.path("queue").isNumber();
        double queue = split.path(equal ? "queue" : "queueAndConcurrency").asDouble();
        double processes = split.path("processes").asDouble();
        remarks.add(String.format(
                Locale.ROOT,
                "process does %.2f of what thread does: %.2f for reading a queue%s, times %.2f for being processes",
                queue * processes,
                queue,
                equal
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                " with %s in flight in place of %s",
                                Figures.count(race.at("/control/concurrency")),
                                Figures.count(race.at("/lanes/thread/concurrency"))),
                processes));
    }

    private void standing() {
        JsonNode standing = race.path("standing");
        List<String> places = new ArrayList<>();
        for (JsonNode group : standing) {
            List<String> names = LanesApi.texts(group);
            places.add(names.size() == 1 ? names.getFirst() : "a tie of " + String.join(" and ", names));
        }
        if (places.size() > 1 || standing.path(0).size() > 1) {
            remarks.add("fastest first: " + String.join(", then ", places));
        }
        if (race.path("type").asText().equals("noop")
                && race.at("/lanes/process/delivered").asBoolean()
                && !race.at("/control/delivered").asBoolean()) {
            remarks.add("process is compared with no lane, as nothing tells what its queue costs: race thread too");
        }
    }
}
