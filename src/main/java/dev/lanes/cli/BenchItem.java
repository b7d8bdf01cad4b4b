package dev.lanes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One item of the bench's list.
 *
 * @param request what to ask for when it is a race; null for a cost
 */
record BenchItem(String name, String why, @Nullable JsonNode request) {

    /** The whole list: the races, then the costs. */
    static List<BenchItem> all(LanesApi api) {
        List<BenchItem> all = new ArrayList<>();
        api.get("/api/races/bench").forEach(race -> all.add(of(race, race.path("request"))));
        api.get("/api/costs").forEach(cost -> all.add(of(cost, null)));
        return all;
    }

    private static BenchItem of(JsonNode item, @Nullable JsonNode request) {
        return new BenchItem(item.path("name").asText(), item.path("why").asText(), request);
    }
}
