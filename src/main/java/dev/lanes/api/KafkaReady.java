package dev.lanes.api;

import dev.lanes.pipeline.BrokerWatch;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while Kafka answers. */
@Readiness
@Singleton
final class KafkaReady implements HealthCheck {
    private final BrokerWatch kafka;

    KafkaReady(BrokerWatch kafka) {
        this.kafka = kafka;
    }

    @Override
    public HealthCheckResponse call() {
        return kafka.awaySince()
                .map(since -> HealthCheckResponse.named("Kafka")
                        .down()
                        .withData("awaySince", since.toString())
                        .withData("remedy", "start Kafka, or look at its log; tasks wait until it is back")
                        .build())
                .orElseGet(() -> HealthCheckResponse.up("Kafka"));
    }
}
