package dev.lanes.cli;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lanes.process.BrokerJvm;
import dev.lanes.process.ChildJvm;
import dev.lanes.process.Program;
import dev.lanes.task.LaneName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * {@code ./lanes archive}: runs Kafka, all lanes and a worker process once, and keeps which classes that took. Beside
 * them it leaves {@code app.args}, with which {@code java} starts the application by itself.
 */
@Command(
        name = "archive",
        hidden = true,
        description = "Write the class data archives, with which all processes start in half the time. The build does"
                + " this: it is needed again only for another JDK, or where the build was moved.")
final class ArchiveCommand implements Callable<Integer> {
    private static final String HEAP = "512m";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final String PROCESS = LaneName.PROCESS.toString();
    private static final int TASKS = 20;

    private final Terminal terminal = Terminal.current();
    private final Settings settings = Settings.current();

    @Override
    public Integer call() throws IOException {
        if (!settings.installation().packaged()) {
            throw new CommandFailed("no build in " + settings.installation().app() + ": run ./mvnw package");
        }
        long start = System.nanoTime();
        Path home = Files.createTempDirectory("lanes-archive-");
        try {
            record(home);
            Program app = settings.installation().application();
            Files.writeString(app.archive().resolveSibling("app.args"), app.argumentFile());
        } finally {
            delete(home);
        }
        terminal.line("archived in " + Figures.seconds(Duration.ofNanos(System.nanoTime() - start)));
        return 0;
    }

    private void record(Path home) throws IOException {
        int port = Ports.anyFree();
        int kafkaPort = Ports.anyFree();
        ChildJvm kafka = new BrokerJvm(settings.installation().broker(), home, kafkaPort, HEAP).jvm();
        String bootstrapServers = "127.0.0.1:" + kafkaPort;
        ChildJvm app = new AppJvm(at(home)).parts(everyPart(), port, bootstrapServers);
        ChildJvm worker = new AppJvm(at(home.resolve("worker"))).parts(Set.of(PROCESS), null, bootstrapServers);
        LanesApi api = LanesApi.local(port);
        recording(
                kafka,
                started -> recording(app, lanes -> {
                    new Stages(terminal, lanes, AppLog.fromNow(app.log())).await("lanes", () -> Startup.lanes(api));
                    runATaskOnEachLane(api);
                    recording(worker, one -> {
                        new Stages(terminal, one, AppLog.fromNow(worker.log()))
                                .await("a worker process", () -> worker(api));
                        runATaskInEachProcess(api);
                    });
                }));
    }

    /** Settings with a home of its own, and nothing from the environment. */
    private Settings at(Path home) {
        return new Settings(Map.of("LANES_HOME", home.toString()), settings.project(), settings.installation());
    }

    private static Set<String> everyPart() {
        Set<String> parts = new LinkedHashSet<>(Set.of("api"));
        for (LaneName lane : LaneName.values()) {
            parts.add(lane.toString());
        }
        return parts;
    }

    private interface Use {
        void of(StartedApp app) throws IOException;
    }

    private static void recording(ChildJvm jvm, Use use) throws IOException {
        Path fresh = jvm.log().resolveSibling(jvm.name() + ".jsa");
        StartedApp app = StartedApp.attached(jvm.recordingTo(fresh));
        try {
            use.of(app);
        } finally {
            app.stop(PATIENCE);
        }
        if (!Files.exists(fresh)) {
            throw new CommandFailed(jvm.name() + " wrote no archive: all works without, but starts slowly");
        }
        Files.move(fresh, jvm.program().archive(), REPLACE_EXISTING);
    }

    /** Empty until a process says that it runs the lane process alone. */
    private static Optional<String> worker(LanesApi api) {
        for (JsonNode process : api.get("/api/processes")) {
            JsonNode lanes = process.path("lanes");
            if (lanes.size() == 1 && lanes.get(0).asText().equals(PROCESS)) {
                return Optional.of(PROCESS);
            }
        }
        return Optional.empty();
    }

    /** So many that all have some. */
    private static void runATaskInEachProcess(LanesApi api) {
        List<String> ids = new ArrayList<>();
        for (int number = 0; number < TASKS; number++) {
            ObjectNode task =
                    LanesApi.JSON.createObjectNode().put("type", "sleep").put("lane", PROCESS);
            task.putObject("payload").put("ms", 50);
            ids.add(api.post("/api/tasks", task).path("id").asText());
        }
        ids.forEach(id -> api.get("/api/tasks/" + id + "?waitMs=10000", WAIT));
    }

    private static void runATaskOnEachLane(LanesApi lanes) {
        for (LaneName lane : LaneName.values()) {
            ObjectNode task =
                    LanesApi.JSON.createObjectNode().put("type", "noop").put("lane", lane.toString());
            String id = lanes.post("/api/tasks", task).path("id").asText();
            lanes.get("/api/tasks/" + id + "?waitMs=10000", WAIT);
        }
        lanes.get("/api/processes");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
