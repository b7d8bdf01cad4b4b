package dev.lanes.ledger;

import dev.lanes.pipeline.PipelineConfig;
import dev.lanes.task.LaneName;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The metrics of all processes that are alive, wherever they run, as their heartbeats tell them. */
@Singleton
final class FleetMeters {
    private final Fleet fleet;
    private final PipelineConfig config;
    private final MeterRegistry meters;

    FleetMeters(Fleet fleet, PipelineConfig config, MeterRegistry meters) {
        this.fleet = fleet;
        this.config = config;
        this.meters = meters;
    }

    void start(@Observes StartupEvent event) {
        if (!config.servesApi()) {
            return;
        }
        String process = LaneName.PROCESS.toString();
        Gauge.builder("lanes.processes", fleet, FleetMeters::workers)
                .description("Worker processes that are alive")
                .tag("lane", process)
                .register(meters);
        MultiGauge cpu = gauge("lanes.process.cpu.cores", "Cores that a process keeps busy");
        MultiGauge memory = gauge("lanes.process.memory.bytes", "Resident memory of a process");
        MultiGauge threads = gauge("lanes.process.threads", "Live platform threads of a process");
        MultiGauge restarts = gauge("lanes.process.restarts", "How often it has been started again");
        fleet.listen(beat -> {
            List<ProcessView> processes = fleet.processes();
            show(cpu, processes, one -> one.cpuPercent() / 100);
            show(memory, processes, FleetMeters::memory);
            show(threads, processes, ProcessView::threads);
            show(restarts, processes, ProcessView::restarts);
        });
    }

    private MultiGauge gauge(String name, String description) {
        return MultiGauge.builder(name).description(description).register(meters);
    }

    private static void show(MultiGauge gauge, List<ProcessView> processes, ToDoubleFunction<ProcessView> figure) {
        gauge.register(
                processes.stream()
                        .map(one -> MultiGauge.Row.of(tags(one), figure.applyAsDouble(one)))
                        .toList(),
                true);
    }

    private static Tags tags(ProcessView process) {
        return Tags.of(
                "host", process.host(),
                "pid", Long.toString(process.pid()),
                "parts", String.join(",", process.lanes()),
                "version", process.version());
    }

    private static double memory(ProcessView process) {
        Long bytes = process.rssBytes();
        return bytes == null ? Double.NaN : bytes;
    }

    private static double workers(Fleet fleet) {
        return fleet.processes().stream()
                .filter(process -> process.lanes().contains(LaneName.PROCESS.toString()))
                .count();
    }
}
