package dev.lanes.process;

import dev.lanes.broker.BrokerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How the JVM of the embedded Kafka is started.
 *
 * @param program the broker
 * @param home the folder below which its data and its log lie
 * @param port where it listens, on loopback
 * @param heap how much heap it may use, as {@code -Xmx} takes it
 */
public record BrokerJvm(Program program, Path home, int port, String heap) {
    private static final Duration GRACE = Duration.ofSeconds(3);

    /**
     * Writes the broker's settings, and says how to start it.
     *
     * @throws IOException when they cannot be written
     */
    public ChildJvm jvm() throws IOException {
        BrokerSettings settings = new BrokerSettings(folder(), port);
        List<String> args = settings.write();
        return new ChildJvm(
                "kafka",
                program,
                List.of("-Xmx" + heap),
                args,
                Map.of("log4j2.configurationFile", settings.logging().toUri().toString()),
                GRACE,
                Logs.file(home, "kafka"));
    }

    Path folder() {
        return home.toAbsolutePath().normalize().resolve("kafka");
    }
}
