package dev.lanes.process;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The child processes of the application. */
@ConfigMapping(prefix = "lanes")
public interface ProcessConfig {
    /** Where the state of a local run lies. */
    @WithDefault(".lanes")
    Path home();

    /** The packaged application, from which worker processes are started. */
    @WithDefault("target/quarkus-app")
    Path app();

    /** The broker's jars. */
    @WithName("broker.lib")
    @WithDefault("target/broker")
    Path brokerLib();

    /** The embedded Kafka. */
    KafkaConfig kafka();

    /** The worker processes. */
    WorkersConfig process();

    /** Settings of the embedded Kafka. */
    interface KafkaConfig {
        /** Whether to run it; by default when no other Kafka is named and this process serves the API. */
        Optional<Boolean> embedded();

        /** Where it listens, on loopback. */
        @WithDefault("9092")
        int port();

        /** How much heap it may use. */
        @WithDefault("512m")
        String heap();

        /** How long it may take to start. */
        @WithDefault("60S")
        Duration patience();
    }

    /** Settings of the worker processes. */
    interface WorkersConfig {
        /** How many are started and kept alive. */
        @WithDefault("3")
        int count();

        /** How much heap each may use. */
        @WithDefault("256m")
        String heap();
    }
}
