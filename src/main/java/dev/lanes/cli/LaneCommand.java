package dev.lanes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./lanes lane}: pauses, resumes and resizes a lane while it runs. */
@Command(
        name = "lane",
        sortOptions = false,
        description = "Pause, resume or resize a lane, wherever it runs; it holds until it is changed.")
final class LaneCommand implements Callable<Integer> {
    @Parameters(paramLabel = "LANE", description = "sequential, reactive, thread, virtual or process.")
    private String lane = "";

    @ArgGroup
    private @Nullable Pausing pausing;

    private static final class Pausing {
        @Option(names = "--pause", description = "Take no more tasks; what is in flight goes on.")
        private boolean pause;

        @Option(names = "--resume", description = "Take tasks again.")
        @SuppressWarnings("unused") // it is the absence of --pause
        private boolean resume;
    }

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            description = "Tasks in flight in each process; of the lane process, how many processes there are.")
    private @Nullable Integer concurrency;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    private ApiOptions apiOptions = new ApiOptions();

    private final Terminal terminal = Terminal.current();

    @Override
    public Integer call() {
        if (pausing == null && concurrency == null) {
            throw CommandFailed.usage("say what to do with it: --pause, --resume or --concurrency N");
        }
        ObjectNode wanted = LanesApi.JSON.createObjectNode();
        if (pausing != null) {
            wanted.put("paused", pausing.pause);
        }
        if (concurrency != null) {
            wanted.put("concurrency", concurrency);
        }
        JsonNode now = apiOptions.api().patch("/api/lanes/" + LanesApi.pathSegment(lane), wanted);
        terminal.line(json ? now.toString() : lane + ": " + sentence(now));
        return 0;
    }

    private static String sentence(JsonNode now) {
        String state = now.path("paused").asBoolean() ? "paused" : "takes tasks";
        return now.has("concurrency") ? state + ", concurrency " + now.path("concurrency") : state;
    }
}
