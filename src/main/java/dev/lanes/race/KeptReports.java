package dev.lanes.race;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lanes.pipeline.ReportLog;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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

    /**
     * Those of an earlier application, the oldest first. One that had not ended was interrupted with it.
     *
     * @throws IOException when one cannot be read
     */
    List<RaceReport> earlier() throws IOException {
        List<RaceReport> earlier = new ArrayList<>();
        for (byte[] json : log.read().values()) {
            RaceReport kept = JSON.readValue(json, RaceReport.class);
            earlier.add(kept.over() ? kept : Reports.interrupted(kept));
        }
        return earlier;
    }
}
