package dev.lanes.cli;

import static dev.lanes.cli.Table.Column.figure;
import static dev.lanes.cli.Table.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A race's report as text: who did what, who won, and how it was measured. */
final class RaceTable {
    private final JsonNode race;

    RaceTable(JsonNode race) {
        this.race = race;
    }

    /** Whether every lane has figures, those with the ledger and in memory too. */
    static boolean delivered(JsonNode race) {
        return Stream.of("lanes", "ledger", "inMemory")
                .flatMap(results -> race.path(results).properties().stream())
                .allMatch(lane -> lane.getValue().path("delivered").asBoolean());
    }

    /** What was raced, and how, in a line. */
    String title() {
        JsonNode rate = race.path("ratePerSecond");
        JsonNode bench = race.path("bench");
        return (bench.isTextual() ? bench.asText() + ": " : "")
                + race.path("workload").asText() + ": " + race.path("mode").asText() + ", "
                + race.path("budget").asText() + ", " + race.path("loop").asText()
                + (rate.isNumber() ? " at " + Figures.count(rate) + "/s" : "") + ", "
                + race.path("rounds").asText() + (race.path("rounds").asInt() == 1 ? " round" : " rounds");
    }

    Table table() {
        Table table = new Table(
                text("lane"),
                text("delivery"),
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
        bare().forEach((name, bare) -> addBare(table, name, bare));
        results().forEach((name, result) -> add(table, name, result));
        return table;
    }

    /** What a task took of whom: CPU time of the entrant, of Kafka and of who publishes. */
    Table costs() {
        Table table = new Table(
                text("a task took"),
                figure("CPU us of its own"),
                figure("of the broker"),
                figure("of the publisher"),
                figure("bytes allocated"));
        bare().forEach((name, bare) -> addCosts(table, name, bare));
        results().forEach((name, result) -> addCosts(table, name, result));
        return table;
    }

    private static void addCosts(Table table, String name, JsonNode result) {
        table.add(
                name,
                whole(result.path("cpuMicrosPerTask")),
                whole(result.path("brokerCpuMicrosPerTask")),
                whole(result.path("publisherCpuMicrosPerTask")),
                Figures.count(result.path("allocatedBytesPerTask")));
    }

    /** Those that do. */
    private Map<String, JsonNode> results() {
        Map<String, JsonNode> results = new LinkedHashMap<>();
        race.path("lanes").properties().forEach(lane -> results.put(lane.getKey(), lane.getValue()));
        race.path("ledger").properties().forEach(lane -> results.put(lane.getKey() + ", ledger", lane.getValue()));
        race.path("inMemory").properties().forEach(lane -> results.put(lane.getKey() + ", in memory", lane.getValue()));
        if (race.path("control").isObject()) {
            results.put("thread, share group", race.path("control"));
        }
        return results;
    }

    /** Those that run no task. */
    private Map<String, JsonNode> bare() {
        Map<String, JsonNode> bare = new LinkedHashMap<>();
        bare.put("bare client", race.path("bareClient"));
        bare.put("bare share client", race.path("bareShareClient"));
        race.path("idioms").properties().forEach(idiom -> bare.put("quarkus " + idiom.getKey(), idiom.getValue()));
        bare.values().removeIf(one -> !one.isObject());
        return bare;
    }

    /** All but the bare share client are compared with the bare client. */
    private void addBare(Table table, String name, JsonNode bare) {
        boolean share = bare == race.path("bareShareClient");
        table.add(
                name,
                share ? "share group" : "consumer group",
                jvms(bare),
                Figures.count(bare.path("count")),
                Figures.rate(bare.path("tasksPerSecond").path("median")),
                spread(bare.path("tasksPerSecond")),
                ratio(bare, share ? bare : race.path("bareClient")),
                "",
                "",
                "",
                Figures.millis(bare.path("latencyMsPercentiles").path("p99")),
                whole(bare.path("cpuMicrosPerTask")),
                "",
                "");
    }

    private static String jvms(JsonNode bare) {
        int jvms = bare.path("jvms").asInt();
        int clients = bare.path("clients").asInt(jvms);
        return jvms > 1 ? jvms + " JVMs" + (clients > jvms ? ", " + clients + " clients" : "") : "";
    }

    private static String ratio(JsonNode own, JsonNode other) {
        double one = own.path("tasksPerSecond").path("median").asDouble();
        double base = other.path("tasksPerSecond").path("median").asDouble();
        return one > 0 && base > 0 ? ratio(DoubleNode.valueOf(one / base)) : "-";
    }

    /** Of work that takes long, next to nothing of what the bare client does, which runs no task. */
    static String ratio(JsonNode ratio) {
        return ratio.isNumber() && ratio.asDouble() < 0.005 ? "<0.01" : Figures.twoDecimals(ratio);
    }

    private void add(Table table, String name, JsonNode lane) {
        JsonNode ratio = lane.path("ratioToBareClient").isNumber()
                ? lane.path("ratioToBareClient")
                : lane.path("ratioToBareShareClient");
        table.add(
                name,
                lane.path("delivery").asText(),
                Figures.count(lane.path("concurrency")),
                Figures.count(lane.path("count")),
                Figures.rate(lane.path("tasksPerSecond").path("median")),
                spread(lane.path("tasksPerSecond")),
                ratio(ratio),
                ratio(lane.path("ratioToSequential")),
                Figures.millis(lane.path("waitMsPercentiles").path("p99")),
                Figures.millis(lane.path("runMsPercentiles").path("p99")),
                Figures.millis(lane.path("latencyMsPercentiles").path("p99")),
                whole(lane.path("cpuMicrosPerTask")),
                Figures.twoDecimals(lane.path("onCpuMean")),
                Figures.megabytes(lane.path("rssBytes")));
    }

    /** What is to be said of it beside the figures. */
    List<String> remarks() {
        return RaceRemarks.of(race, results(), bare());
    }

    /** The machine, every round, and how to do it again. */
    List<String> circumstances() {
        List<String> lines = new ArrayList<>();
        lines.add(machine());
        lines.add(settings());
        String rounds = rounds();
        if (!rounds.isEmpty()) {
            lines.add("tasks/s by round: " + rounds);
        }
        lines.add(race.path("startedAt").asText() + ", race " + race.path("id").asText() + ", again with: "
                + race.path("command").asText());
        return lines;
    }

    private String machine() {
        JsonNode machine = race.path("environment");
        return machine.path("cores").asText() + " cores"
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
                        : "");
    }

    private String settings() {
        JsonNode machine = race.path("environment");
        List<String> flags = LanesApi.texts(machine.path("jvmFlags"));
        return (flags.isEmpty() ? "" : "each JVM with " + String.join(" ", flags) + ", ")
                + "load at the start " + Figures.twoDecimals(machine.path("loadAtStart")) + ", other programs "
                + Figures.twoDecimals(machine.path("coresOfOthers")) + " cores";
    }

    private String rounds() {
        Map<String, List<String>> rounds = new LinkedHashMap<>();
        for (JsonNode round : race.path("raw")) {
            rounds.computeIfAbsent(round.path("name").asText(), first -> new ArrayList<>())
                    .add(Figures.rate(round.path("tasksPerSecond")));
        }
        return rounds.entrySet().stream()
                .map(entry -> entry.getKey() + " " + String.join(" ", entry.getValue()))
                .collect(Collectors.joining("; "));
    }

    private static String spread(JsonNode spread) {
        return spread.isObject() ? Figures.rate(spread.path("min")) + "-" + Figures.rate(spread.path("max")) : "-";
    }

    private static String whole(JsonNode figure) {
        return figure.isNumber() ? String.format(Locale.ROOT, "%,d", Math.round(figure.asDouble())) : "-";
    }
}
