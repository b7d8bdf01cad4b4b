package dev.lanes.process;

import dev.lanes.ledger.Fleet;
import dev.lanes.ledger.ProcessView;
import dev.lanes.pipeline.Heartbeat;
import dev.lanes.pipeline.LaneMeter;
import dev.lanes.pipeline.PipelineConfig;
import dev.lanes.task.LaneName;
import dev.lanes.task.Place;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The metrics of the worker processes that this process has started: they serve no HTTP themselves, so that what their
 * heartbeats tell is shown here. Processes started by others, as in containers, show their own.
 */
@Singleton
public final class ProcessMeters {
    private static final Heartbeat.LaneBeat NOTHING =
            new Heartbeat.LaneBeat("process", 0, 0, 0, 0, 0, new byte[0], new byte[0], List.of());

    private final Fleet fleet;
    private final PipelineConfig config;
    private final MeterRegistry meters;

    // For the fleet's thread alone.
    private final Map<Long, Heartbeat.LaneBeat> lastOfChild = new HashMap<>();

    ProcessMeters(Fleet fleet, PipelineConfig config, MeterRegistry meters) {
        this.fleet = fleet;
        this.config = config;
        this.meters = meters;
    }

    void start(@Observes StartupEvent event) {
        if (!config.servesApi() || config.runs(LaneName.PROCESS)) {
            return;
        }
        LaneMeter.showInFlight(
                LaneName.PROCESS,
                () -> children().mapToInt(ProcessView::running).sum(),
                () -> (int) children().count(),
                meters);
        LaneMeter meter = new LaneMeter(LaneName.PROCESS, meters);
        fleet.listen(beat -> take(beat, meter));
    }

    private Stream<ProcessView> children() {
        return fleet.processes().stream().filter(process -> isChild(process.host(), process.pid()));
    }

    private void take(Heartbeat beat, LaneMeter meter) {
        Optional<Heartbeat.LaneBeat> lane = beat.lanes().stream()
                .filter(one -> one.lane().equals(LaneName.PROCESS.toString()))
                .findFirst();
        if (lane.isPresent() && isChild(beat.host(), beat.pid())) {
            Heartbeat.LaneBeat before = lastOfChild.put(beat.pid(), lane.get());
            meter.mirror(before == null ? NOTHING : before, lane.get());
            lastOfChild.keySet().removeIf(pid -> ProcessHandle.of(pid).isEmpty());
        }
    }

    private static boolean isChild(String host, long pid) {
        return host.equals(Place.hostName())
                && ProcessHandle.of(pid)
                        .flatMap(ProcessHandle::parent)
                        .map(ProcessHandle.current()::equals)
                        .orElse(false);
    }
}
