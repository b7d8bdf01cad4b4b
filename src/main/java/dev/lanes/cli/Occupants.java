package dev.lanes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Who may stand in the way of a start: another Lanes of the same home, or somebody on one of the ports. */
record Occupants(Settings settings) {
    void check(int httpPort) {
        checkHome();
        checkHttp(httpPort);
        if (settings.otherKafka().isEmpty()) {
            checkKafka(settings.kafkaPort());
        }
    }

    private void checkHome() {
        Home home = settings.home();
        Optional<RunningApp> running = RunningApp.find(home);
        if (running.isPresent()) {
            throw new CommandFailed("runs already from " + Home.shown(home.folder()) + " (pid "
                    + running.get().pid() + ", http://127.0.0.1:"
                    + running.get().port()
                    + "): stop it with ./lanes down, or give a second one its own LANES_HOME and ports");
        }
    }

    private static void checkHttp(int port) {
        if (Ports.free(port)) {
            return;
        }
        String who = isLanes(LanesApi.local(port)) ? "another Lanes" : "another program";
        throw new CommandFailed("port " + port + " is in use by " + who + ": stop it, or choose another with --port");
    }

    /** Any Quarkus application has the health page, only ours has lanes. */
    private static boolean isLanes(LanesApi api) {
        return api.hasHealth() && api.probe("/api/lanes").map(JsonNode::isArray).orElse(true);
    }

    private static void checkKafka(int port) {
        if (!Ports.free(port)) {
            throw new CommandFailed("port " + port
                    + ", which the embedded Kafka needs, is in use: set LANES_KAFKA_PORT to"
                    + " another, or KAFKA_BOOTSTRAP_SERVERS to 127.0.0.1:" + port + " if a Kafka listens there");
        }
    }
}
