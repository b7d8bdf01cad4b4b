package dev.lanes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanes.task.LaneName;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Follows an application from its start until all of it is ready.
 *
 * @param processes how many worker processes belong to "all of it", unless somebody has set another number since
 */
record Startup(Terminal terminal, Settings settings, int processes) {
    private static final int MOST_PIDS = 8;

    void await(StartedApp app, AppLog log, LanesApi api, boolean detached) {
        Instant start = Instant.now();
        Stages stages = new Stages(terminal, app, log);
        terminal.line(terminal.bold("Lanes " + Version.current()) + ", log in " + Home.shown(log.file()));
        stages.await("Kafka", this::kafka);
        stages.await("lanes", () -> lanes(api));
        if (processes > 0) {
            int wanted = wantedProcesses(api);
            stages.await("worker processes", () -> workerProcesses(api, start, wanted));
        }
        terminal.line(terminal.green("ready in " + Figures.seconds(stages.sinceStart())));
        whatNext(api, detached);
    }

    private Optional<String> kafka() {
        String servers = settings.otherKafka().orElse("127.0.0.1:" + settings.kafkaPort());
        String where = settings.otherKafka().isPresent()
                ? "at " + servers
                : "embedded on " + servers + ", data in "
                        + Home.shown(settings.home().folder().resolve("kafka"));
        return Ports.anyAnswers(servers) ? Optional.of(where) : Optional.empty();
    }

    static Optional<String> lanes(LanesApi api) {
        boolean ready = api.probe("/q/health/ready")
                .map(health -> health.path("status").asText().equals("UP"))
                .orElse(false);
        return ready ? api.probe("/api/lanes").map(Startup::names).filter(names -> !names.isEmpty()) : Optional.empty();
    }

    private static String names(JsonNode lanes) {
        List<String> names = new ArrayList<>();
        lanes.forEach(lane -> names.add(lane.path("lane").asText()));
        return String.join(", ", names);
    }

    /** What {@code ./lanes lane process --concurrency} has set holds over restarts. */
    private int wantedProcesses(LanesApi api) {
        for (JsonNode lane : api.get("/api/lanes")) {
            if (lane.path("lane").asText().equals(LaneName.PROCESS.toString())) {
                return lane.path("wantedConcurrency").asInt(processes);
            }
        }
        return processes;
    }

    private Optional<String> workerProcesses(LanesApi api, Instant start, int wanted) {
        List<String> pids = new ArrayList<>();
        for (JsonNode process : api.probe("/api/processes").orElse(LanesApi.JSON.createArrayNode())) {
            if (isWorker(process) && heardSince(start, process)) {
                pids.add(process.path("pid").asText());
            }
        }
        return pids.size() >= wanted ? Optional.of(described(pids, wanted)) : Optional.empty();
    }

    private String described(List<String> pids, int wanted) {
        String names = pids.size() > MOST_PIDS ? pids.size() + " of them" : "pid " + String.join(", ", pids);
        return wanted == processes ? names : names + " (set by ./lanes lane process --concurrency " + wanted + ")";
    }

    static boolean isWorker(JsonNode process) {
        JsonNode lanes = process.path("lanes");
        return lanes.size() == 1 && lanes.path(0).asText().equals("process");
    }

    /** Heartbeats are kept for a day: those of an earlier run must not count as this one's. */
    private static boolean heardSince(Instant start, JsonNode process) {
        try {
            return Instant.parse(process.path("lastHeartbeatAt").asText()).isAfter(start);
        } catch (DateTimeException notSaid) {
            return true;
        }
    }

    private void whatNext(LanesApi api, boolean detached) {
        terminal.line("");
        next("page", api.url("/"));
        next("API", api.url("/q/swagger-ui"));
        next(
                "publish",
                "curl -s -H 'Content-Type: application/json' -d '{\"type\":\"sleep\",\"payload\":{\"ms\":100}}' "
                        + api.url("/api/tasks"));
        next("compare", "./lanes demo");
        next("stop", detached ? "./lanes down" : "Ctrl-C");
    }

    private void next(String what, String how) {
        terminal.line(String.format("  %-9s %s", what, how));
    }
}
