package dev.lanes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code up} notes in {@code app.json} of the home, so that other commands find the application.
 *
 * @param pid its process
 * @param port where its HTTP listens
 * @param kafkaPort where its embedded Kafka listens; null when Kafka is somebody else's
 * @param startedAt when the system started that process: with the pid, its identity, as pids are used again
 */
record RunningApp(long pid, int port, @Nullable Integer kafkaPort, Instant startedAt) {
    /** Systems give start times in ticks since boot: steps of the clock move them a little. */
    private static final Duration SAME_START = Duration.ofSeconds(2);

    static RunningApp of(ProcessHandle process, int port, @Nullable Integer kafkaPort) {
        Instant started = process.info().startInstant().orElseGet(Instant::now);
        return new RunningApp(process.pid(), port, kafkaPort, started);
    }

    /** The application that was started from this home and still lives. */
    static Optional<RunningApp> find(Home home) {
        return read(home).filter(app -> app.process(home).isPresent());
    }

    Optional<Integer> embeddedKafka() {
        return Optional.ofNullable(kafkaPort);
    }

    /** Its process; empty when it has ended, even when the system has given its pid to another since. */
    Optional<ProcessHandle> process(Home home) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                // One that was killed counts as alive until its parent has asked for its status, but runs no command.
                .filter(process -> process.info().command().isPresent())
                .filter(process -> isOurs(process.info(), home));
    }

    private boolean isOurs(ProcessHandle.Info info, Home home) {
        return info.startInstant().map(this::startedAbout).orElse(false)
                || info.commandLine()
                        .map(line -> line.contains("-Dlanes.home=" + home.folder()))
                        .orElse(false);
    }

    private boolean startedAbout(Instant instant) {
        return Duration.between(startedAt, instant).abs().compareTo(SAME_START) <= 0;
    }

    private static Optional<RunningApp> read(Home home) {
        try {
            JsonNode json = LanesApi.JSON.readTree(Files.readString(home.appFile()));
            JsonNode kafka = json.path("kafkaPort");
            return Optional.of(new RunningApp(
                    json.path("pid").asLong(-1),
                    json.path("port").asInt(Settings.HTTP_PORT),
                    kafka.isInt() ? kafka.intValue() : null,
                    Instant.parse(json.path("startedAt").asText())));
        } catch (IOException | DateTimeException absentOrTorn) {
            return Optional.empty();
        }
    }

    /** Writes the note in one step, so that nobody reads half of it. */
    void note(Home home) throws IOException {
        ObjectNode json = LanesApi.JSON.createObjectNode();
        json.put("pid", pid).put("port", port).put("kafkaPort", kafkaPort).put("startedAt", startedAt.toString());
        Path draft = home.folder().resolve("app.json.new");
        Files.writeString(draft, json + System.lineSeparator());
        Files.move(draft, home.appFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes the note of the process that has ended, unless another one has been written since. */
    static void forget(Home home, long pid) {
        try {
            if (read(home).map(RunningApp::pid).orElse(pid) == pid) {
                Files.deleteIfExists(home.appFile());
            }
        } catch (IOException stays) {
            // A note that stays does no harm: its process is checked whenever it is read.
        }
    }
}
