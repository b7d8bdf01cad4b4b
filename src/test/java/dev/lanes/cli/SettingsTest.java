package dev.lanes.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanes.process.ChildJvm;
import dev.lanes.process.Installation;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    Path project;

    @Test
    void counts_a_variable_that_is_set_to_nothing_as_not_set() {
        Settings settings = settings(Map.of("KAFKA_BOOTSTRAP_SERVERS", " ", "LANES_PORT", ""));

        assertThat(settings.otherKafka()).isEmpty();
        assertThat(settings.httpPort()).isEmpty();
    }

    @Test
    void keeps_its_state_in_the_project_unless_a_home_is_named() {
        assertThat(settings(Map.of()).home().folder()).isEqualTo(project.resolve(".lanes"));
        assertThat(settings(Map.of("LANES_HOME", "/elsewhere")).home().folder()).isEqualTo(Path.of("/elsewhere"));
    }

    @Test
    void names_the_variable_that_holds_no_port() {
        assertThatThrownBy(() -> settings(Map.of("LANES_KAFKA_PORT", "x")).kafkaPort())
                .hasMessageStartingWith("LANES_KAFKA_PORT is 'x', which is not a port");
    }

    @Test
    void lets_the_collector_of_the_user_replace_ours_as_the_jvm_takes_only_one() {
        Settings settings = settings(Map.of("LANES_JAVA_OPTS", "-Xmx1g  -XX:+UseZGC"));

        ChildJvm jvm = new AppJvm(settings).everything(8080, 3);

        assertThat(jvm.jvmFlags()).containsSubsequence("-Xmx512m", "-Xmx1g", "-XX:+UseZGC");
        assertThat(jvm.jvmFlags()).doesNotContain("-XX:+UseG1GC");
    }

    @Test
    void leaves_the_embedded_kafka_alone_when_there_is_another() {
        Settings settings = settings(Map.of("KAFKA_BOOTSTRAP_SERVERS", "k:9092"));

        ChildJvm jvm = new AppJvm(settings).everything(8080, 3);

        assertThat(jvm.properties()).doesNotContainKey("lanes.kafka.port").containsEntry("quarkus.http.port", "8080");
    }

    @Test
    void runs_parts_without_http_and_never_with_a_kafka_of_their_own() {
        ChildJvm jvm = new AppJvm(settings(Map.of())).parts(Set.of("process"), null, "k:9092");

        assertThat(jvm.properties())
                .containsEntry("lanes.run", "process")
                .containsEntry("lanes.kafka.embedded", "false")
                .containsEntry("kafka.bootstrap.servers", "k:9092")
                .containsEntry("quarkus.http.host-enabled", "false")
                .containsEntry("lanes.process.count", "0");
        assertThat(jvm.jvmFlags()).startsWith("-Xmx256m", "-XX:+ExitOnOutOfMemoryError", "-XX:+UseSerialGC");
    }

    private Settings settings(Map<String, String> env) {
        Path target = project.resolve("target");
        return new Settings(env, project, new Installation(target.resolve("quarkus-app"), target.resolve("broker")));
    }
}
