package dev.lanes.cli;

import dev.lanes.process.Installation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the surroundings say: environment variables, and where the script found the project.
 *
 * @param env the environment
 * @param project the project's folder
 * @param installation the packaged application
 */
record Settings(Map<String, String> env, Path project, Installation installation) {
    static final int HTTP_PORT = 8080;
    static final int KAFKA_PORT = 9092;

    static Settings current() {
        Path project = path("lanes.project", Path.of(""));
        Path target = project.resolve("target");
        return new Settings(
                System.getenv(),
                project,
                new Installation(
                        path("lanes.app", target.resolve("quarkus-app")),
                        path("lanes.broker.lib", target.resolve("broker"))));
    }

    private static Path path(String property, Path otherwise) {
        return Optional.ofNullable(System.getProperty(property))
                .map(Path::of)
                .orElse(otherwise)
                .toAbsolutePath()
                .normalize();
    }

    /** The value of an environment variable; one that is set to nothing counts as not set. */
    Optional<String> value(String name) {
        return Optional.ofNullable(env.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    Home home() {
        return new Home(value("LANES_HOME")
                .map(Path::of)
                .orElse(project.resolve(".lanes"))
                .toAbsolutePath());
    }

    Optional<Integer> httpPort() {
        return port("LANES_PORT");
    }

    /** Where the embedded Kafka listens, or would: as the environment says, else as the running {@code up} noted. */
    int kafkaPort() {
        return port("LANES_KAFKA_PORT")
                .or(() -> RunningApp.find(home()).flatMap(RunningApp::embeddedKafka))
                .orElse(KAFKA_PORT);
    }

    /** Bootstrap servers of a Kafka that somebody else runs. */
    Optional<String> otherKafka() {
        return value("KAFKA_BOOTSTRAP_SERVERS");
    }

    /** Whether we run in a container of ours. */
    boolean inContainer() {
        return value("LANES_CONTAINER").isPresent();
    }

    /** In a container of ours its one process is the application, which docker compose starts and stops. */
    void refuseInContainer(String instead) {
        if (inContainer()) {
            throw new CommandFailed("this is a container, which runs what compose says: on its host call " + instead);
        }
    }

    List<String> javaOptions() {
        return value("LANES_JAVA_OPTS")
                .map(words -> List.of(words.split("\\s+")))
                .orElse(List.of());
    }

    private Optional<Integer> port(String name) {
        return value(name).map(text -> Ports.parse(name, text));
    }
}
