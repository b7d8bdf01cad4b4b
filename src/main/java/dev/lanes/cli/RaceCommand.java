package dev.lanes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./lanes race}: the same tasks on several lanes, measured. */
@Command(
        name = "race",
        sortOptions = false,
        description = {
            "Run the same tasks on several lanes, one at a time, each in JVMs of its own, beside Kafka's clients alone"
                    + " (the bare client), and compare. Ctrl-C cancels.",
            "For example: lanes race sleep ms=10 --count 5000, or lanes race hash iterations=20000 --count 200"
        })
final class RaceCommand implements Callable<Integer> {
    private static final Duration CHECK = Duration.ofMillis(300);

    @Parameters(index = "0", paramLabel = "TYPE", description = "The type: noop, sleep, hash, work, ...")
    private String type = "";

    @Parameters(
            index = "1..*",
            paramLabel = "key=value",
            description = "The payload; values are JSON where they can be (ms=100, ok=true), else text.")
    private List<String> words = List.of();

    @Option(names = "--lanes", paramLabel = "L,...", split = ",", description = "The lanes (default: all five).")
    private @Nullable List<String> lanes;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "Tasks a round, 1..1000000 (default: what each does in some 2.5 s).")
    private @Nullable Integer count;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            description = "Tasks in flight on every concurrent lane (default: what each lane has).")
    private @Nullable Integer concurrency;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "Let R tasks come every second, whether a lane keeps up or not (default: all at once).")
    private @Nullable Integer rate;

    @Option(names = "--repeat", paramLabel = "N", description = "Measured rounds of each lane, 1..20 (default: 3).")
    private @Nullable Integer repeat;

    @Option(names = "--together", description = "All at once on the lanes that run: to be watched, not to be compared.")
    private boolean together;

    @Mixin
    private RaceOutput output = new RaceOutput();

    @Mixin
    private ApiOptions apiOptions = new ApiOptions();

    private final Terminal terminal = Terminal.current();

    @Override
    public Integer call() {
        LanesApi api = apiOptions.api();
        JsonNode race = api.post("/api/races", request());
        String path = "/api/races/" + race.path("id").asText();
        Thread canceller = Thread.ofPlatform().name("lanes-cancel").unstarted(() -> cancel(api, path));
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
            throw new CommandFailed("the race " + race.path("state").asText() + ": "
                    + race.path("error").asText("./lanes races shows what there is"));
        }
        output.show(race, terminal);
        return delivered(race) ? 0 : CommandFailed.FAILURE;
    }

    private static boolean delivered(JsonNode race) {
        return race.path("lanes").properties().stream()
                .allMatch(lane -> lane.getValue().path("delivered").asBoolean());
    }

    private static String now(JsonNode race) {
        String done = race.path("done").properties().stream()
                .map(lane -> lane.getKey() + " " + Figures.count(lane.getValue()))
                .collect(Collectors.joining(", "));
        return race.path("state").asText() + ": " + race.path("step").asText()
                + (done.isEmpty() ? "" : ", done: " + done);
    }

    /** On Ctrl-C: nobody waits for it any more. */
    private void cancel(LanesApi api, String path) {
        try {
            api.delete(path);
            terminal.error("the race is cancelled");
        } catch (CommandFailed overOrGone) {
            terminal.error("the race may go on: " + overOrGone.getMessage());
        }
    }

    private static boolean running(JsonNode race) {
        String state = race.path("state").asText();
        return state.equals("waiting") || state.equals("running");
    }

    private ObjectNode request() {
        ObjectNode request = LanesApi.JSON.createObjectNode().put("type", type);
        request.set("payload", Payload.parse(words));
        if (lanes != null) {
            request.set("lanes", LanesApi.JSON.valueToTree(lanes));
        }
        if (count != null) {
            request.put("count", count);
        }
        if (concurrency != null) {
            request.put("concurrency", concurrency);
        }
        if (rate != null) {
            request.put("ratePerSecond", rate);
        }
        if (repeat != null) {
            request.put("repeat", repeat);
        }
        if (together) {
            request.put("mode", "together");
        }
        return request;
    }
}
