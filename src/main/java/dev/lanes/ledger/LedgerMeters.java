package dev.lanes.ledger;

import dev.lanes.pipeline.PipelineConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.function.ToLongFunction;

/** The ledger's totals as metrics: gauges, as they are of all tasks ever, whichever process published or ran them. */
@Singleton
final class LedgerMeters {
    private final Ledger ledger;
    private final PipelineConfig config;
    private final MeterRegistry meters;

    LedgerMeters(Ledger ledger, PipelineConfig config, MeterRegistry meters) {
        this.ledger = ledger;
        this.config = config;
        this.meters = meters;
    }

    void start(@Observes StartupEvent event) {
        if (config.servesApi()) {
            show("published", Summary::published);
            show("succeeded", Summary::succeeded);
            show("dead", Summary::dead);
            show("cancelled", Summary::cancelled);
            show("pending", Summary::pending);
        }
    }

    private void show(String state, ToLongFunction<Summary> total) {
        Gauge.builder("lanes.ledger.tasks", ledger, all -> total.applyAsLong(all.summary()))
                .description("Tasks in the ledger's totals")
                .tag("state", state)
                .register(meters);
    }
}
