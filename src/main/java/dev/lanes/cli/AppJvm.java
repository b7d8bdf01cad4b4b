package dev.lanes.cli;

import dev.lanes.process.ChildJvm;
import dev.lanes.process.Program;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the application's JVM is started: for {@code up}, and for {@code run}. */
record AppJvm(Settings settings) {
    static final Duration GRACE = Duration.ofSeconds(9);

    /** Everything on this machine: the embedded Kafka (unless there is another), the lanes, the worker processes. */
    ChildJvm everything(int port, int processes) {
        Map<String, String> properties = common(processes);
        properties.put("quarkus.http.port", Integer.toString(port));
        if (settings.otherKafka().isEmpty()) {
            properties.put("lanes.kafka.port", Integer.toString(settings.kafkaPort()));
        }
        return jvm("app", settings.installation().application(), pipelineFlags(), properties);
    }

    /** Some parts, on a Kafka that runs already; no HTTP when {@code port} is null. */
    ChildJvm parts(Set<String> parts, @Nullable Integer port, String bootstrapServers) {
        Map<String, String> properties = common(0);
        properties.put("lanes.home", settings.home().claim().folder().toString());
        properties.put("lanes.run", String.join(",", parts));
        properties.put("lanes.kafka.embedded", "false");
        properties.put("kafka.bootstrap.servers", bootstrapServers);
        if (port == null) {
            properties.put("quarkus.http.host-enabled", "false");
        } else {
            properties.put("quarkus.http.port", Integer.toString(port));
        }
        return parts.equals(Set.of("process"))
                ? jvm("run", settings.installation().worker(), workerFlags(), properties)
                : jvm("run", settings.installation().application(), pipelineFlags(), properties);
    }

    private Map<String, String> common(int processes) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("lanes.home", settings.home().folder().toString());
        properties.put("lanes.process.count", Integer.toString(processes));
        properties.put("lanes.app", settings.installation().app().toString());
        properties.put("lanes.broker.lib", settings.installation().brokerLib().toString());
        return properties;
    }

    private ChildJvm jvm(String name, Program program, List<String> flags, Map<String, String> properties) {
        return new ChildJvm(
                name,
                program,
                flags,
                List.of(),
                properties,
                GRACE,
                settings.home().appLog());
    }

    private List<String> pipelineFlags() {
        return flags("-XX:+UseG1GC", "-Xmx512m");
    }

    private List<String> workerFlags() {
        return flags("-XX:+UseSerialGC", "-Xmx256m", "-XX:+ExitOnOutOfMemoryError");
    }

    private List<String> flags(String collector, String... others) {
        List<String> flags = new ArrayList<>(List.of(others));
        List<String> own = settings.javaOptions();
        // Two collectors are an error to the JVM, whereas of two heap sizes the later one wins.
        if (own.stream().noneMatch(flag -> flag.matches("-XX:\\+Use\\w+GC"))) {
            flags.add(collector);
        }
        flags.addAll(own);
        return flags;
    }
}
