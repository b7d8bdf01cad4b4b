package dev.lanes.race.fault;

import dev.lanes.process.Installation;
import dev.lanes.task.LaneName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a Lanes is started that is to be hurt: with the usual settings, but for less in flight on the lanes that could
 * have done all their tasks before anything happens to them, and for short pauses between attempts.
 *
 * @param window how many finished tasks its ledger keeps
 */
record SubjectSettings(Installation installation, int window) {
    static final int PROCESSES = 3;
    private static final int MANY = 100;
    private static final int THREADS = 16;

    int inFlight(LaneName lane) {
        return switch (lane) {
            case SEQUENTIAL -> 1;
            case REACTIVE, VIRTUAL -> MANY;
            case THREAD -> THREADS;
            case PROCESS -> PROCESSES;
        };
    }

    /** The application with all it starts. */
    Map<String, String> application(int port, int kafkaPort) {
        Map<String, String> properties = common(kafkaPort);
        properties.put("lanes.kafka.embedded", "true");
        properties.put("lanes.kafka.port", Integer.toString(kafkaPort));
        properties.put("lanes.process.count", Integer.toString(PROCESSES));
        properties.put("quarkus.http.port", Integer.toString(port));
        return properties;
    }

    /** A process that runs some lanes alone. */
    Map<String, String> instance(Set<LaneName> lanes, int kafkaPort) {
        Map<String, String> properties = common(kafkaPort);
        properties.put("lanes.kafka.embedded", "false");
        properties.put("lanes.run", lanes.stream().map(LaneName::toString).collect(Collectors.joining(",")));
        properties.put("lanes.process.count", "0");
        properties.put("quarkus.http.host-enabled", "false");
        return properties;
    }

    private Map<String, String> common(int kafkaPort) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("lanes.app", installation.app().toString());
        properties.put("lanes.broker.lib", installation.brokerLib().toString());
        properties.put("kafka.bootstrap.servers", "127.0.0.1:" + kafkaPort);
        properties.put("lanes.concurrency.reactive", Integer.toString(MANY));
        properties.put("lanes.concurrency.virtual", Integer.toString(MANY));
        properties.put("lanes.backoff", "PT0.1S");
        properties.put("lanes.ledger.window", Integer.toString(window));
        return properties;
    }

    /** Ports that nobody uses now. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new java.io.UncheckedIOException("no port is free", none);
        }
    }
}
