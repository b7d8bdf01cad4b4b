package dev.lanes.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./lanes publish}: one task, or the same task many times. */
@Command(
        name = "publish",
        sortOptions = false,
        description = "Publish a task, or the same task many times.",
        footer = {"", "Example: ./lanes publish sleep ms=100 --lane reactive --count 1000 --wait"})
final class PublishCommand implements Callable<Integer> {
    private static final long MOST = 10_000_000;

    @Parameters(index = "0", paramLabel = "TYPE", description = "The type: noop, sleep, work, hash, http, file, ...")
    private String type = "";

    @Parameters(
            index = "1..*",
            paramLabel = "key=value",
            description = "The payload; values are JSON where they can be (ms=100, ok=true), else text.")
    private List<String> words = List.of();

    @Option(
            names = "--lane",
            paramLabel = "L",
            description = "sequential, reactive, thread, virtual or process (default: the server's choice).")
    private @Nullable String lane;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many times, up to 10 million (default: 1).")
    private long count;

    @Option(names = "--key", paramLabel = "K", description = "Tasks with the same key run on the same partition.")
    private @Nullable String key;

    @Option(names = "--timeout-ms", paramLabel = "T", description = "How long one attempt may take.")
    private @Nullable Long timeoutMs;

    @Option(
            names = "--max-attempts",
            paramLabel = "N",
            description = "How often it may be tried, up to 100 (default: the server's choice).")
    private @Nullable Integer maxAttempts;

    @Option(names = "--delay-ms", paramLabel = "T", description = "How long it waits before it may run.")
    private @Nullable Long delayMs;

    @Option(names = "--wait", description = "Wait for the end; exit status 1 if any task does not succeed.")
    private boolean wait;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    private ApiOptions apiOptions = new ApiOptions();

    @Override
    public Integer call() {
        if (count < 1 || count > MOST) {
            throw CommandFailed.usage("--count is " + count + ": give a number in 1..10000000");
        }
        Terminal terminal = Terminal.current();
        LanesApi api = apiOptions.api();
        if (count == 1) {
            new OneTask(api, terminal, json).publish(task(), wait);
        } else {
            new TaskBatch(api, terminal, json).publish(task(), count, wait);
        }
        return 0;
    }

    private ObjectNode task() {
        ObjectNode task = LanesApi.JSON.createObjectNode().put("type", type);
        task.set("payload", Payload.parse(words));
        if (lane != null) {
            task.put("lane", lane);
        }
        if (key != null) {
            task.put("key", key);
        }
        if (timeoutMs != null) {
            task.put("timeoutMs", timeoutMs);
        }
        if (maxAttempts != null) {
            task.put("maxAttempts", maxAttempts);
        }
        if (delayMs != null) {
            task.put("delayMs", delayMs);
        }
        return task;
    }
}
