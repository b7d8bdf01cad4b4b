package dev.lanes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What has become of figures since they were saved. One is worse, or better, when its median lies outside of the saved
 * spread, and by more than a twentieth. Of another machine only ratios are compared.
 */
final class BenchComparison {
    private static final double MORE = 1.05;
    private static final double LESS = 0.95;

    private final Path file;
    private final List<String> worse = new ArrayList<>();
    private final List<String> better = new ArrayList<>();
    private final @Nullable String otherMachine;
    private int compared;
    private int unknown;

    /** Compares what was measured now; what was not measured now is passed over. */
    BenchComparison(BenchFile.Saved saved, List<JsonNode> reports) {
        file = saved.file();
        otherMachine = reports.stream()
                .map(report -> report.path("environment"))
                .filter(JsonNode::isObject)
                .findFirst()
                .filter(here -> !MachineWords.same(here, saved.machine()))
                .map(here -> MachineWords.of(saved.machine()))
                .orElse(null);
        List<BenchFigure> before = saved.reports().stream()
                .flatMap(one -> BenchFigure.of(one).stream())
                .toList();
        List<BenchFigure> now =
                reports.stream().flatMap(one -> BenchFigure.of(one).stream()).toList();
        Set<String> measured = new HashSet<>();
        Set<String> doubtful = new HashSet<>();
        for (JsonNode report : reports) {
            String bench = report.path("bench").asText();
            measured.add(bench);
            if (!report.path("doubts").isEmpty()) {
                doubtful.add(bench);
            }
        }
        for (BenchFigure old : before) {
            if (measured.contains(old.bench()) && (otherMachine == null || old.ratio())) {
                compare(old, find(now, old), doubtful.contains(old.bench()));
            }
        }
        unknown = (int) now.stream().filter(one -> find(before, one).isEmpty()).count();
    }

    private static Optional<BenchFigure> find(List<BenchFigure> figures, BenchFigure wanted) {
        return figures.stream().filter(wanted::isSameAs).findFirst();
    }

    private void compare(BenchFigure old, Optional<BenchFigure> found, boolean doubtful) {
        compared++;
        if (found.isEmpty()) {
            worse.add(old.title() + " has no figure, was " + old.text() + " " + old.spread());
            return;
        }
        BenchFigure now = found.get();
        String line = now.title() + " " + now.text() + ", was " + old.was() + (doubtful ? "; not reliable" : "");
        boolean above = now.median() > old.max() * MORE;
        boolean below = now.median() < old.min() * LESS;
        if (above || below) {
            (above == old.higherIsBetter() ? better : worse).add(line);
        }
    }

    /** For people: what is worse, what is better, and how many there were. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (otherMachine != null) {
            lines.add(file + " is of another machine (" + otherMachine + "): only ratios are compared");
        }
        worse.forEach(line -> lines.add("worse: " + line));
        better.forEach(line -> lines.add("better: " + line));
        lines.add("compared with " + file + ": " + compared + " figures, " + worse.size() + " worse, " + better.size()
                + " better, " + (compared - worse.size() - better.size()) + " about as before"
                + (unknown > 0 ? "; " + unknown + " are not in it" : ""));
        return lines;
    }

    /** For programs. */
    ObjectNode json() {
        ObjectNode json = LanesApi.JSON
                .createObjectNode()
                .put("check", file.toString())
                .put("otherMachine", otherMachine)
                .put("compared", compared)
                .put("unknown", unknown);
        json.set("worse", LanesApi.JSON.valueToTree(worse));
        json.set("better", LanesApi.JSON.valueToTree(better));
        return json;
    }
}
