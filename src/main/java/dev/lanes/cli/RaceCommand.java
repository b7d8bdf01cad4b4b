package dev.lanes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
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
                    + " (the bare client), and compare.",
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

    @Option(names = "--count", paramLabel = "N", description = "Tasks a round, 1..1000000 (default: 10000).")
    private @Nullable Integer count;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            description = "Tasks in flight on every concurrent lane (default: what each lane has).")
    private @Nullable Integer concurrency;

    @Option(names = "--repeat", paramLabel = "N", description = "Measured rounds of each lane, 1..20 (default: 3).")
    private @Nullable Integer repeat;

    @Option(names = "--json", description = "Print JSON, once it has finished.")
    private boolean json;

    @Mixin
    private ApiOptions apiOptions = new ApiOptions();

    private final Terminal terminal = Terminal.current();

    @Override
    public Integer call() {
        LanesApi api = apiOptions.api();
        JsonNode race = api.post("/api/races", request());
        Progress progress = new Progress(terminal);
        while (running(race)) {
            String step = race.path("state").asText() + ": " + race.path("step").asText();
            progress.show(() -> step + ", " + Figures.seconds(progress.elapsed()));
            Pause.of(CHECK);
            race = api.get("/api/races/" + race.path("id").asText());
        }
        progress.clear();
        if (!race.path("state").asText().equals("finished")) {
            throw new CommandFailed("the race failed: " + race.path("error").asText("no reason given"));
        }
        if (json) {
            terminal.line(race.toString());
        } else {
            new RaceTable(terminal).show(race);
        }
        return 0;
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
        if (repeat != null) {
            request.put("repeat", repeat);
        }
        return request;
    }
}
