package dev.lanes.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("long")
final class LedgerHistoryIT {
    private static final int TASKS = 60_000;

    @Test
    void counts_all_of_a_burst_that_it_was_not_there_to_see() throws Exception {
        RunningLanes kafka = RunningLanes.shared();
        try (Forger forger = new Forger(kafka.bootstrapServers())) {
            forger.burst("late", TASKS, Duration.ofSeconds(1));
        }
        try (RunningLanes late = RunningLanes.start(Map.of(
                "kafka.bootstrap.servers", kafka.bootstrapServers(),
                "lanes.kafka.embedded", "false",
                "lanes.topics.prefix", "late",
                "lanes.run", "api,sequential",
                "lanes.process.count", "0"))) {
            await().atMost(Duration.ofSeconds(30)).until(() -> !summary(late).contains("\"restoring\" : true"));

            assertThat(summary(late))
                    .contains("\"published\" : " + TASKS)
                    .contains("\"succeeded\" : " + TASKS)
                    .contains("\"pending\" : 0")
                    .contains("\"duplicates\" : 0");
        }
    }

    private static String summary(RunningLanes lanes) {
        return lanes.get("/api/summary").body().toPrettyString();
    }
}
