package dev.lanes.process;

import dev.lanes.pipeline.KafkaClients;
import dev.lanes.task.LaneName;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How JVMs are started that run one lane, or another program, on the Kafka of this process. */
@Singleton
public final class LaneJvms {
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final ProcessConfig config;
    private final KafkaClients clients;
    private final String allowedUrls;

    LaneJvms(
            ProcessConfig config, KafkaClients clients, @ConfigProperty(name = "lanes.http.allow") String allowedUrls) {
        this.config = config;
        this.clients = clients;
        this.allowedUrls = allowedUrls;
    }

    /** Where the packaged application is looked for. */
    public Path app() {
        return config.app().toAbsolutePath();
    }

    /** Whether it is there: without it no JVM can be started. */
    public boolean packaged() {
        return installation().packaged();
    }

    /**
     * A JVM that runs this part alone, without HTTP: a lane, or what races run beside them.
     *
     * @param settings beside those of this process, and before them
     */
    public ChildJvm part(String name, String part, List<String> jvmFlags, Map<String, String> settings) {
        return part(name, installation().application(), part, jvmFlags, settings);
    }

    private ChildJvm part(
            String name, Program program, String part, List<String> jvmFlags, Map<String, String> settings) {
        Map<String, String> properties = ownSettings();
        properties.put("lanes.run", part);
        properties.put("lanes.process.count", "0");
        properties.put("lanes.kafka.embedded", "false");
        properties.put("lanes.home", config.home().toAbsolutePath().toString());
        properties.put("lanes.http.allow", allowedUrls);
        properties.put("quarkus.http.host-enabled", "false");
        properties.putAll(settings);
        return jvm(name, program, jvmFlags, List.of(), properties);
    }

    /**
     * A worker process. There are many of them, so that each begins with a small heap, gives memory back that it used to
     * start, and maps the class data archive where it was written for: pages that need no relocation are shared.
     *
     * @param settings beside those of this process, and before them
     */
    public ChildJvm worker(String name, Map<String, String> settings) {
        return part(
                name,
                installation().worker(),
                LaneName.PROCESS.toString(),
                List.of(
                        "-Xms26m",
                        "-Xmx" + config.process().heap(),
                        "-XX:+UseSerialGC",
                        "-XX:TrimNativeHeapInterval=10000",
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:ArchiveRelocationMode=0",
                        "-XX:+ExitOnOutOfMemoryError"),
                settings);
    }

    /** A JVM that runs another main on the application's class path. */
    public ChildJvm program(String name, Class<?> main, List<String> jvmFlags, List<String> args) {
        Program application = installation().application();
        Program program =
                new Program(main.getName(), application.classPath(), application.flags(), application.archive());
        return jvm(name, program, jvmFlags, args, ownSettings());
    }

    private ChildJvm jvm(
            String name, Program program, List<String> jvmFlags, List<String> args, Map<String, String> properties) {
        properties.put("kafka.bootstrap.servers", clients.bootstrapServers());
        try {
            return new ChildJvm(name, program, jvmFlags, args, properties, GRACE, Logs.file(config.home(), name));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write below " + config.home() + ": set LANES_HOME", e);
        }
    }

    /** What this process was told by system properties; what it was told by its environment, a child inherits. */
    private static Map<String, String> ownSettings() {
        Properties all = System.getProperties();
        return all.stringPropertyNames().stream()
                .filter(name -> name.startsWith("lanes.") || name.startsWith("kafka."))
                .collect(Collectors.toMap(Function.identity(), all::getProperty, (one, same) -> one, TreeMap::new));
    }

    private Installation installation() {
        return new Installation(config.app(), config.brokerLib());
    }
}
