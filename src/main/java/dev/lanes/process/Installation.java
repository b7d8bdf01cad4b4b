package dev.lanes.process;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the packaged application and the broker's jars lie.
 *
 * @param app the {@code quarkus-app} folder that the build makes
 * @param brokerLib the folder of the broker's jars
 */
public record Installation(Path app, Path brokerLib) {
    /** The main class of the packaged application. */
    public static final String APP_MAIN = "io.quarkus.bootstrap.runner.QuarkusEntryPoint";

    /**
     * What the JVM of the application must allow: native access for Netty and the compressors of Kafka, and what the
     * manifest of {@code quarkus-run.jar} opens, which counts for {@code java -jar} only.
     */
    public static final List<String> APP_FLAGS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED");

    /** Whether the application has been packaged, so that processes can be started from it. */
    public boolean packaged() {
        return Files.isRegularFile(app.resolve("quarkus-run.jar"));
    }

    /** The class path of the application's own processes. */
    public List<String> appClassPath() {
        return List.of(
                app.resolve("quarkus-run.jar").toString(), app.resolve("app").toString() + File.separator + "*");
    }

    /** The class path of the broker: Kafka's jars, and our own classes, of which its mains need two. */
    public List<String> brokerClassPath() {
        String ours = packaged() ? app.resolve("app") + File.separator + "*" : ownClasses();
        return List.of(ours, brokerLib + File.separator + "*");
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
