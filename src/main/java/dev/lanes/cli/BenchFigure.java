package dev.lanes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * One figure of the bench: the median of its rounds, and how far they lay apart.
 *
 * @param bench the item of the list that it belongs to
 * @param unit as it stands behind a number; empty for a ratio
 */
record BenchFigure(
        String bench, String name, String unit, boolean higherIsBetter, double median, double min, double max) {

    private static final String LATENCY = "latencyP99Ms";

    /** Those of a race or a cost; none where it has failed. */
    static List<BenchFigure> of(JsonNode report) {
        String bench = report.path("bench").asText();
        List<BenchFigure> figures = new ArrayList<>();
        report.path("lanes").properties().forEach(lane -> addLane(figures, bench, report, lane.getKey()));
        for (JsonNode row : report.path("rows")) {
            String unit = row.path("unit").asText();
            add(
                    figures,
                    bench,
                    row.path("name").asText(),
                    unit.endsWith("/s") ? "/s" : " " + unit,
                    row.path("higherIsBetter").asBoolean(),
                    row.path("value"));
        }
        for (JsonNode target : report.path("targets")) {
            if (target.path("unit").asText().isEmpty() && target.path("value").isNumber()) {
                boolean higher = target.path("target").asText().startsWith("at least");
                figures.add(ofRounds(
                        bench,
                        target.path("name").asText(),
                        "",
                        higher,
                        target.path("value").asDouble(),
                        StreamSupport.stream(target.path("rounds").spliterator(), false)
                                .map(JsonNode::asDouble)
                                .toList()));
            }
        }
        return figures;
    }

    private static void addLane(List<BenchFigure> figures, String bench, JsonNode race, String name) {
        JsonNode lane = race.path("lanes").path(name);
        add(figures, bench, name, "/s", true, lane.path("tasksPerSecond"));
        boolean queue = lane.path("ratioToBareShareClient").isNumber();
        String bare = queue ? "bare share client" : "bare client";
        JsonNode ratio = lane.path(queue ? "ratioToBareShareClient" : "ratioToBareClient");
        if (ratio.isNumber()) {
            List<Double> ratios = ratios(race, name, bare, "tasksPerSecond");
            figures.add(ofRounds(bench, name + " of bare", "", true, ratio.asDouble(), ratios));
        }
        if (race.path("ratePerSecond").isNumber()) {
            // All do as many tasks as come: what counts is how soon.
            addMedian(
                    figures,
                    bench,
                    name + " p99",
                    " ms",
                    rounds(race, name, LATENCY).values());
            addMedian(figures, bench, name + " p99 of bare", "", ratios(race, name, bare, LATENCY));
        }
    }

    /** What one entrant reached in each round, over what another did. */
    private static List<Double> ratios(JsonNode race, String name, String other, String field) {
        Map<Integer, Double> others = rounds(race, other, field);
        return rounds(race, name, field).entrySet().stream()
                .map(round -> round.getValue() / others.getOrDefault(round.getKey(), Double.NaN))
                .filter(Double::isFinite)
                .toList();
    }

    private static Map<Integer, Double> rounds(JsonNode race, String name, String field) {
        Map<Integer, Double> rounds = new TreeMap<>();
        for (JsonNode round : race.path("raw")) {
            double value = round.path(field).asDouble();
            if (round.path("name").asText().equals(name) && value > 0) {
                rounds.put(round.path("round").asInt(), value);
            }
        }
        return rounds;
    }

    /** Of times, which are to be short. */
    private static void addMedian(
            List<BenchFigure> figures, String bench, String name, String unit, Collection<Double> rounds) {
        List<Double> sorted = rounds.stream().sorted().toList();
        if (!sorted.isEmpty()) {
            int half = sorted.size() / 2;
            double median = sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
            figures.add(ofRounds(bench, name, unit, false, median, sorted));
        }
    }

    private static void add(
            List<BenchFigure> figures, String bench, String name, String unit, boolean higher, JsonNode spread) {
        if (spread.path("median").isNumber()) {
            figures.add(new BenchFigure(
                    bench,
                    name,
                    unit,
                    higher,
                    spread.path("median").asDouble(),
                    spread.path("min").asDouble(),
                    spread.path("max").asDouble()));
        }
    }

    private static BenchFigure ofRounds(
            String bench, String name, String unit, boolean higher, double median, List<Double> rounds) {
        double min = rounds.stream().reduce(median, Math::min);
        double max = rounds.stream().reduce(median, Math::max);
        return new BenchFigure(bench, name, unit, higher, median, min, max);
    }

    /** Whether it is a ratio of two figures, which says something on another machine, too. */
    boolean ratio() {
        return unit.isEmpty();
    }

    boolean isSameAs(BenchFigure other) {
        return bench.equals(other.bench) && name.equals(other.name);
    }

    /** Where it stands, for people. */
    String title() {
        return bench + " " + name;
    }

    /** Its median. */
    String text() {
        return number(median) + unit;
    }

    /** Its median as it was, and its spread. */
    String was() {
        return number(median) + " " + spread();
    }

    String spread() {
        return "(" + number(min) + "-" + number(max) + ")";
    }

    private String number(double value) {
        return String.format(Locale.ROOT, ratio() ? "%.2f" : value < 100 ? "%.1f" : "%,.0f", value);
    }
}
