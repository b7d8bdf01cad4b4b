package dev.lanes.api;

import dev.lanes.ledger.Ledger;
import dev.lanes.pipeline.PipelineConfig;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the ledger has read what Kafka held at the start. */
@Readiness
@Singleton
final class LedgerReady implements HealthCheck {
    private final Ledger ledger;
    private final PipelineConfig config;

    LedgerReady(Ledger ledger, PipelineConfig config) {
        this.ledger = ledger;
        this.config = config;
    }

    @Override
    public HealthCheckResponse call() {
        return !config.servesApi() || ledger.restored()
                ? HealthCheckResponse.up("ledger")
                : HealthCheckResponse.named("ledger")
                        .down()
                        .withData("remedy", "wait: it still reads what Kafka holds, and the totals are behind")
                        .build();
    }
}
