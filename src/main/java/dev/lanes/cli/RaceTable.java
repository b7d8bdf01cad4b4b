package dev.lanes.cli;

import static dev.lanes.cli.Table.Column.figure;
import static dev.lanes.cli.Table.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A race's report as text: who did what, who won, and how it was measured. */
final class RaceTable {
    private static final double NOTICEABLE = 0.1;

    private final JsonNode race;

    RaceTable(JsonNode race) {
        this.race = race;
    }

    /** Whether every lane has figures. */
    static boolean delivered(JsonNode race) {
        return race.path("lanes").properties().stream()
                .allMatch(lane -> lane.getValue().path("delivered").asBoolean());
    }

    /** What was raced, and how, in a line. */
    String title() {
        JsonNode rate = race.path("ratePerSecond");
        return race.path("workload").asText() + ": " + race.path("mode").asText() + ", "
                + race.path("budget").asText() + ", " + race.path("loop").asText()
                + (rate.isNumber() ? " at " + Figures.count(rate) + "/s" : "") + ", "
                + race.path("rounds").asText() + " rounds";
    }

    Table table() {
        Table table = new Table(
                text("lane"),
                figure("in flight"),
                figure("tasks"),
                figure("tasks/s"),
                text("spread"),
                figure("of bare"),
                figure("of sequential"),
                figure("wait p99"),
                figure("run p99"),
                figure("latency p99"),
                figure("CPU us/task"),
                figure("cores"),
                figure("memory"));
        addBare(table, "bare client", race.path("bareClient"));
        addBare(table, "bare share client", race.path("bareShareClient"));
        race.path("idioms")
                .properties()
                .forEach(idiom -> addBare(table, "quarkus " + idiom.getKey(), idiom.getValue()));
        race.path("lanes").properties().forEach(lane -> add(table, lane.getKey(), lane.getValue()));
        if (race.path("control").isObject()) {
            add(table, "thread, share group", race.path("control"));
        }
        return table;
    }

    /** Those that run no task; all but the bare share client are compared with the bare client. */
    private void addBare(Table table, String name, JsonNode bare) {
        if (bare.isObject()) {
            table.add(
                    name,
                    bare.path("jvms").asInt() > 1 ? bare.path("jvms").asText() + " JVMs" : "",
                    Figures.count(bare.path("count")),
                    Figures.rate(bare.path("tasksPerSecond").path("median")),
                    spread(bare.path("tasksPerSecond")),
                    ofBare(bare),
                    "",
                    "",
                    "",
                    Figures.millis(bare.path("latencyMsPercentiles").path("p99")),
                    whole(bare.path("cpuMicrosPerTask")),
                    "",
                    "");
        }
    }

    private String ofBare(JsonNode bare) {
        double own = bare.path("tasksPerSecond").path("median").asDouble();
        JsonNode client = bare == race.path("bareShareClient") ? bare : race.path("bareClient");
        return ratio(DoubleNode.valueOf(
                own / client.path("tasksPerSecond").path("median").asDouble(own)));
    }

    private String ofSequential(JsonNode lane) {
        double own = lane.path("tasksPerSecond").path("median").asDouble();
        double sequential = race.at("/lanes/sequential/tasksPerSecond/median").asDouble();
        return own > 0 && sequential > 0 ? ratio(DoubleNode.valueOf(own / sequential)) : "-";
    }

    /** Of work that takes long, next to nothing of what the bare client does, which runs no task. */
    private static String ratio(JsonNode ratio) {
        return ratio.isNumber() && ratio.asDouble() < 0.005 ? "<0.01" : Figures.twoDecimals(ratio);
    }

    private void add(Table table, String name, JsonNode lane) {
        JsonNode ratio = lane.path("ratioToBareClient").isNumber()
                ? lane.path("ratioToBareClient")
                : lane.path("ratioToBareShareClient");
        table.add(
                name,
                Figures.count(lane.path("concurrency")),
                Figures.count(lane.path("count")),
                Figures.rate(lane.path("tasksPerSecond").path("median")),
                spread(lane.path("tasksPerSecond")),
                ratio(ratio),
                ofSequential(lane),
                Figures.millis(lane.path("waitMsPercentiles").path("p99")),
                Figures.millis(lane.path("runMsPercentiles").path("p99")),
                Figures.millis(lane.path("latencyMsPercentiles").path("p99")),
                whole(lane.path("cpuMicrosPerTask")),
                Figures.twoDecimals(lane.path("onCpuMean")),
                Figures.megabytes(lane.path("rssBytes")));
    }

    /** What is to be said of it beside the figures. */
    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (race.path("error").isTextual()) {
            remarks.add("the race is " + race.path("state").asText() + ": "
                    + race.path("error").asText());
        }
        standing(remarks);
        JsonNode split = race.path("split");
        if (split.isObject()) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "from thread to process: the queue %.2f times, processes %.2f times",
                    split.path("queue").asDouble(),
                    split.path("processes").asDouble()));
        }
        race.path("lanes").properties().stream()
                .filter(lane -> !lane.getValue().path("delivered").asBoolean())
                .forEach(lane -> remarks.add(lane.getKey() + " has no figures: "
                        + lane.getValue().path("fault").asText()));
        JsonNode blocked = race.at("/lanes/reactive/loopBlockedMs");
        if (blocked.asLong() > 0) {
            remarks.add("on reactive tasks blocked the event loop for " + Figures.millis(blocked) + " in all rounds");
        }
        JsonNode others = race.path("environment").path("coresOfOthers");
        if (others.asDouble() > NOTICEABLE) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "other programs kept %.2f cores busy meanwhile: the figures are lower for it",
                    others.asDouble()));
        }
        if (race.path("mode").asText().equals("together")) {
            remarks.add("they shared the machine: for figures of each alone, race them in turn");
        }
        return remarks;
    }

    private void standing(List<String> remarks) {
        JsonNode standing = race.path("standing");
        if (standing.isEmpty() || race.path("lanes").size() < 2) {
            return;
        }
        List<String> places = new ArrayList<>();
        for (JsonNode group : standing) {
            List<String> names = LanesApi.texts(group);
            places.add(names.size() == 1 ? names.getFirst() : "a tie of " + String.join(" and ", names));
        }
        remarks.add("fastest first: " + String.join(", then ", places));
    }

    /** The machine, and how to do it again. */
    List<String> circumstances() {
        JsonNode machine = race.path("environment");
        return List.of(
                machine.path("cores").asText() + " cores"
                        + (machine.path("cpu").isTextual()
                                ? " of " + machine.path("cpu").asText()
                                : "") + ", "
                        + Figures.megabytes(machine.path("memoryBytes")) + ", "
                        + machine.path("os").asText() + ", JDK "
                        + machine.path("jdk").asText() + ", Kafka "
                        + machine.path("kafka").asText() + ", Lanes "
                        + machine.path("version").asText()
                        + (machine.path("commit").isTextual()
                                ? " (" + machine.path("commit").asText() + ")"
                                : ""),
                race.path("startedAt").asText() + ", race " + race.path("id").asText() + ", again with: "
                        + race.path("command").asText());
    }

    private static String spread(JsonNode spread) {
        return spread.isObject() ? Figures.rate(spread.path("min")) + "-" + Figures.rate(spread.path("max")) : "-";
    }

    private static String whole(JsonNode figure) {
        return figure.isNumber() ? String.format(Locale.ROOT, "%,d", Math.round(figure.asDouble())) : "-";
    }
}
