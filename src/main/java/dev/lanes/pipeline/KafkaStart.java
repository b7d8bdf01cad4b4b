package dev.lanes.pipeline;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Sees to it that settings make sense and topics are there, before anything reads or writes them. */
@Singleton
final class KafkaStart {
    /** After the embedded broker, before the channels and all our own clients. */
    static final int PRIORITY = 200;

    private final TopicSetup topics;

    private final PipelineConfig config;

    KafkaStart(TopicSetup topics, PipelineConfig config) {
        this.topics = topics;
        this.config = config;
    }

    void start(@Observes @Priority(PRIORITY) StartupEvent event) {
        ConfigCheck.check(config);
        topics.ensure();
    }
}
