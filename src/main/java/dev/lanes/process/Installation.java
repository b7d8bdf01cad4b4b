package dev.lanes.process;

import dev.lanes.broker.BrokerMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the packaged application and the broker's jars lie.
 *
 * @param app the {@code quarkus-app} folder that the build makes
 * @param brokerLib the folder of the broker's jars
 */
public record Installation(Path app, Path brokerLib) {
    private static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

    /**
     * What the JVM of the application must allow: native access for Netty and the compressors of Kafka, and what the
     * manifest of {@code quarkus-run.jar} opens, which counts for {@code java -jar} only.
     */
    private static final List<String> APP_FLAGS = List.of(
            NATIVE_ACCESS,
            "--sun-misc-unsafe-memory-access=allow",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED");

    /** Whether the application has been packaged, so that processes can be started from it. */
    public boolean packaged() {
        return Files.isRegularFile(app.resolve("quarkus-run.jar"));
    }

    /**
     * The application. Its jars are on a plain class path, past the class loader of {@code quarkus-run.jar}, as a JVM
     * archives the classes of its own loaders only. What Quarkus has transformed comes before what it was made from.
     */
    public Program application() {
        return application("app.jsa");
    }

    /**
     * The application as a worker process runs it. Such processes are many, and an archive takes memory for each class
     * that it holds: theirs holds the fewer that they use.
     */
    public Program worker() {
        return application("worker.jsa");
    }

    private Program application(String archive) {
        List<String> jars = new ArrayList<>();
        jars.add(app.resolve("quarkus").resolve("transformed-bytecode.jar").toString());
        jars.add(app.resolve("quarkus").resolve("generated-bytecode.jar").toString());
        jars.addAll(jars(app.resolve("app")));
        jars.addAll(jars(app.resolve("lib").resolve("boot")));
        jars.addAll(jars(app.resolve("lib").resolve("main")));
        return new Program("io.quarkus.runner.GeneratedMain", jars, APP_FLAGS, app.resolve(archive));
    }

    /** The broker: Kafka's jars, and our own classes, of which its mains need two. */
    public Program broker() {
        List<String> jars = new ArrayList<>(packaged() ? jars(app.resolve("app")) : List.of(ownClasses()));
        jars.addAll(jars(brokerLib));
        return new Program(BrokerMain.class.getName(), jars, List.of(NATIVE_ACCESS), app.resolve("broker.jsa"));
    }

    private static List<String> jars(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toString)
                    .filter(name -> name.endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + folder, unreadable);
        }
    }

    private static String ownClasses() {
        try {
            return Path.of(ChildMain.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
