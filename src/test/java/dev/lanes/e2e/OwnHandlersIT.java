package dev.lanes.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handlers of one's own, built in: the one that the README shows, as it stands there, and one that misbehaves. */
@Tag("long")
final class OwnHandlersIT {
    private static final Pattern JAVA = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);$");
    private static final Pattern TYPE_NAME = Pattern.compile("(?m)^public class (\\w+)\\b");

    private static RunningLanes lanes;

    @BeforeAll
    static void build_and_start_a_project_with_the_handlers(@TempDir Path project)
            throws IOException, InterruptedException {
        copyProject(project);
        add(theOnly(JAVA, Files.readString(RunningLanes.PROJECT.resolve("README.md"))), project);
        add(
                Files.readString(RunningLanes.PROJECT.resolve("src/test/resources/handlers/MisbehavingHandler.java")),
                project);
        build(project);
        lanes = RunningLanes.startFrom(project, Map.of());
    }

    private static void add(String code, Path project) throws IOException {
        Path file = project.resolve("src/main/java")
                .resolve(theOnly(PACKAGE, code).replace('.', '/'))
                .resolve(theOnly(TYPE_NAME, code) + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, code);
    }

    @AfterAll
    static void stop() {
        if (lanes != null) {
            lanes.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sequential", "reactive", "thread", "virtual", "process"})
    void runs_on_every_lane(String lane) {
        JsonNode task = lanes.end(lanes.publish("quote", lane, "{\"product\":\"tea\",\"pieces\":3}"));

        assertThat(task.path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(task.path("lane").asText()).isEqualTo(lane);
        assertThat(task.path("result").toString()).isEqualTo("{\"product\":\"tea\",\"cents\":1197}");
    }

    @Test
    void refuses_a_payload_that_breaks_its_constraints_naming_the_field() {
        RunningLanes.Answer answer =
                lanes.post("/api/tasks", "{\"type\":\"quote\",\"payload\":{\"product\":\"tea\",\"pieces\":0}}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("field").asText()).isEqualTo("payload.pieces");
    }

    @ParameterizedTest
    @MethodSource("misbehaviours")
    void a_lane_says_how_a_handler_misbehaved_and_lives_on(String lane, String how, String outcome, String says) {
        String id = lanes.post(
                        "/api/tasks",
                        "{\"type\":\"misbehave\",\"payload\":{\"how\":\"%s\"},\"lane\":\"%s\",\"timeoutMs\":700,\"maxAttempts\":1}"
                                .formatted(how, lane))
                .body()
                .get("id")
                .asText();

        JsonNode task = lanes.end(id);

        assertThat(task.get("attempts")).hasSize(1);
        assertThat(task.at("/attempts/0/outcome").asText()).isEqualTo(outcome);
        assertThat(task.get("error").asText() + task.get("result")).contains(says);
        assertThat(lanes.end(lanes.publish("noop", lane, "{}")).get("state").asText())
                .isEqualTo("SUCCEEDED");
    }

    static Stream<Arguments> misbehaviours() {
        Stream<Arguments> anywhere = Stream.of("sequential", "reactive", "thread", "virtual", "process")
                .flatMap(lane -> Stream.of(
                        arguments(lane, "error", "FAILED", "AssertionError: not a mere exception"),
                        arguments(lane, "overflow", "FAILED", "StackOverflowError"),
                        arguments(lane, "unwritable", "FAILED", "no text"),
                        arguments(lane, "unlinked", "FAILED", "no class"),
                        arguments(lane, "unspeakable", "FAILED", "Unspeakable"),
                        arguments(lane, "endless", "TIMED_OUT", "700 ms"),
                        arguments(lane, "never", "TIMED_OUT", "700 ms")));
        Stream<Arguments> blocking = Stream.of("sequential", "thread", "virtual", "process")
                .map(lane -> arguments(lane, "null", "SUCCEEDED", "null"));
        return Stream.of(
                        anywhere,
                        blocking,
                        Stream.of(
                                arguments("reactive", "null", "FAILED", "returned no Uni"),
                                arguments("reactive", "twice", "SUCCEEDED", "once")))
                .flatMap(Function.identity());
    }

    private static String theOnly(Pattern pattern, String text) {
        List<MatchResult> all = pattern.matcher(text).results().toList();
        assertThat(all).as("%s", pattern).hasSize(1);
        return all.getFirst().group(1);
    }

    private static void copyProject(Path project) {
        for (String part : List.of("pom.xml", "mvnw", ".mvn", "src/main")) {
            Path source = RunningLanes.PROJECT.resolve(part);
            try (Stream<Path> files = Files.walk(source)) {
                files.filter(Files::isRegularFile)
                        .forEach(file -> copy(file, project.resolve(RunningLanes.PROJECT.relativize(file))));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void build(Path project) throws IOException, InterruptedException {
        Path log = project.resolve("build.log");
        Process build = new ProcessBuilder(
                        project.resolve("mvnw").toString(),
                        "-B",
                        "-o",
                        "-q",
                        "-DskipTests",
                        "-Dspotless.check.skip",
                        "package")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!build.waitFor(3, TimeUnit.MINUTES)) {
            build.destroyForcibly();
        }
        assertThat(build.waitFor()).as(() -> read(log)).isZero();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
