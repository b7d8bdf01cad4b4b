package dev.lanes.cli;

import dev.lanes.process.ChildJvm;
import dev.lanes.task.LaneName;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./lanes run}: one process with some parts, in the foreground; what containers run. */
@Command(
        name = "run",
        sortOptions = false,
        description = "Run one process with the named parts in the foreground, on a Kafka that runs already.")
final class RunCommand implements Callable<Integer> {
    private static final String API = "api";

    @Option(
            names = "--lanes",
            paramLabel = "L,...",
            split = ",",
            required = true,
            description = "The parts: api, sequential, reactive, thread, virtual, process.")
    private List<String> parts = List.of();

    @Option(
            names = "--port",
            paramLabel = "P",
            description = "The HTTP port (default: LANES_PORT or 8080 with api, else no HTTP).")
    private @Nullable Integer givenPort;

    private final Settings settings = Settings.current();

    @Override
    public Integer call() throws IOException {
        Set<String> checked = check(parts);
        Integer port = port(checked);
        ChildJvm jvm = new AppJvm(settings).parts(checked, port, bootstrapServers());
        StartedApp app = StartedApp.inTerminal(jvm);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("lanes-stop").unstarted(app::stop));
        return app.awaitEnd();
    }

    static Set<String> check(List<String> parts) {
        Set<String> checked = new LinkedHashSet<>();
        for (String part : parts) {
            String name = part.strip();
            if (!name.equals(API) && LaneName.parse(name).isEmpty()) {
                throw CommandFailed.usage("'" + name + "' is not a part: give some of " + API + ", " + LaneName.all());
            }
            checked.add(name);
        }
        return checked;
    }

    private @Nullable Integer port(Set<String> checked) {
        if (givenPort == null && !checked.contains(API)) {
            return null;
        }
        int port = givenPort != null
                ? Ports.check("--port", givenPort)
                : settings.httpPort().orElse(Settings.HTTP_PORT);
        if (!Ports.free(port)) {
            throw new CommandFailed("port " + port + " is in use: choose another with --port");
        }
        return port;
    }

    /** Somebody else's Kafka is not looked for, as in a cluster it may well come up after us. */
    private String bootstrapServers() {
        return settings.otherKafka().orElseGet(() -> {
            String embedded = "127.0.0.1:" + settings.kafkaPort();
            if (!Ports.anyAnswers(embedded)) {
                throw new CommandFailed("no Kafka answers at " + embedded
                        + ": start one with ./lanes up, or name another with KAFKA_BOOTSTRAP_SERVERS");
            }
            return embedded;
        });
    }
}
