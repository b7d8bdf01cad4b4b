package dev.lanes.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The main of the broker's process: formats the storage when it is new, then runs Kafka. It is compiled without Kafka's
 * server on the class path, and finds it there when it runs.
 */
public final class BrokerMain {
    private BrokerMain() {}

    /** Runs the broker whose settings the file {@code args[0]} holds, with the cluster id {@code args[1]}. */
    public static void main(String[] args) throws IOException, ReflectiveOperationException {
        Path settings = Path.of(args[0]);
        if (!Files.exists(settings.resolveSibling("data").resolve("meta.properties"))) {
            format(settings, args[1]);
        }
        run("kafka.Kafka", settings.toString());
    }

    private static void format(Path settings, String clusterId) throws ReflectiveOperationException {
        // The tool's own main would end this process; its other entry answers with a status.
        Object status = Class.forName("kafka.tools.StorageTool")
                .getMethod("execute", String[].class, java.io.PrintStream.class)
                .invoke(null, new String[] {"format", "-t", clusterId, "-c", settings.toString()}, System.out);
        if (!Integer.valueOf(0).equals(status)) {
            throw new IllegalStateException("Kafka's storage could not be formatted");
        }
    }

    private static void run(String main, String... args) throws ReflectiveOperationException {
        Class.forName(main).getMethod("main", String[].class).invoke(null, (Object) args);
    }
}
