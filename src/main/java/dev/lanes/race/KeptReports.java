package dev.lanes.race;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lanes.pipeline.ReportLog;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/** Reports as Kafka keeps them. */
@Singleton
final class KeptReports {
    private static final Logger LOG = Logger.getLogger(KeptReports.class);
    private static final JsonMapper JSON = JsonMapper.builder()
            .findAndAddModules()
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private final ReportLog log;

    KeptReports(ReportLog log) {
        this.log = log;
    }

    /** Writes it in place of what was kept of that race; where Kafka does not take it, that is logged. */
    CompletableFuture<Void> keep(RaceReport report) {
        try {
            return log.write(report.id(), JSON.writeValueAsBytes(report)).whenComplete((done, failure) -> {
                if (failure != null) {
                    LOG.warnf("the report of the race %s is not kept: %s", report.id(), failure.getMessage());
                }
            });
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Drops what was kept of a race. */
    void forget(String id) {
        var unused = log.forget(id);
    }

    /**
     * Those of an earlier application, the oldest first. One that had not ended was interrupted with it; one that
     * cannot be read is passed over.
     */
    List<RaceReport> earlier() {
        List<RaceReport> earlier = new ArrayList<>();
        log.read().forEach((id, json) -> read(id, json).ifPresent(earlier::add));
        return earlier;
    }

    static Optional<RaceReport> read(String id, byte[] json) {
        try {
            RaceReport kept = JSON.readValue(json, RaceReport.class);
            return Optional.of(kept.over() ? kept : Reports.interrupted(kept));
        } catch (IOException | RuntimeException foreign) {
            LOG.warnf("the report of the race %s cannot be read, and is not shown: %s", id, foreign.getMessage());
            return Optional.empty();
        }
    }
}
