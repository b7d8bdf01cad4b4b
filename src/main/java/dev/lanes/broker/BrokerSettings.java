package dev.lanes.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of an embedded broker: one node that is broker and controller, and keeps its data between runs.
 *
 * @param home the folder that holds settings and data
 * @param port where clients connect, on loopback
 */
public record BrokerSettings(Path home, int port) {
    /** Any value would do, as there is no other cluster in this folder. */
    private static final String CLUSTER_ID = "lanes-embedded-kafka00";

    /**
     * Writes the settings, and answers the arguments for {@link BrokerMain}.
     *
     * @throws IOException when the folder cannot be written
     */
    public List<String> write() throws IOException {
        Files.createDirectories(home);
        Path settings = home.resolve("server.properties");
        Files.writeString(settings, properties(freePort()));
        Files.writeString(logging(), LOGGING);
        return List.of(settings.toString(), CLUSTER_ID);
    }

    /** Where the settings of the broker's log lie. */
    public Path logging() {
        return home.resolve("log4j2.properties");
    }

    private String properties(int controllerPort) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                log.dirs=%3$s
                # One node: no copies.
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=5
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                share.coordinator.state.topic.num.partitions=5
                # The lanes make their topics themselves, each with its settings.
                auto.create.topics.enable=false
                # A lane's only consumer need not wait for others.
                group.initial.rebalance.delay.ms=0
                # As far as a task at the head of the queue may fall behind, and be delivered again.
                group.share.partition.max.record.locks=10000
                group.share.delivery.count.limit=10
                """.formatted(
                        port, controllerPort, home.resolve("data").toString().replace('\\', '/'));
    }

    private static final String LOGGING = """
            rootLogger.level=WARN
            rootLogger.appenderRef.out.ref=out
            appender.out.type=Console
            appender.out.name=out
            appender.out.layout.type=PatternLayout
            appender.out.layout.pattern=%d %p %c{1}: %m%n
            """;

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
