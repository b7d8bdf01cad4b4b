package dev.lanes.api;

import dev.lanes.pipeline.BrokerWatch;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive as long as it answers: Kafka's absence is said here, but a restart would not bring it back. */
@Liveness
@Singleton
final class LanesAlive implements HealthCheck {
    private final BrokerWatch kafka;

    LanesAlive(BrokerWatch kafka) {
        this.kafka = kafka;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("lanes")
                .up()
                .withData(
                        "kafka",
                        kafka.awaySince().map(since -> "away since " + since).orElse("answers"))
                .build();
    }
}
