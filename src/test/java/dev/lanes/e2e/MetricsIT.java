package dev.lanes.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Prometheus reads at {@code /q/metrics}. */
final class MetricsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final RunningLanes lanes = RunningLanes.shared();

    @ParameterizedTest
    @ValueSource(strings = {"sequential", "reactive", "thread", "virtual", "process"})
    void counts_what_became_of_a_lanes_tasks(String lane) {
        double succeeded = value("lanes_tasks_total", lane, "type=\"noop\"", "outcome=\"succeeded\"");
        double failed = value("lanes_tasks_total", lane, "type=\"fail\"", "outcome=\"failed\"");

        lanes.ends(lanes.publishMany(20, "noop", lane, "{}"), 20, PATIENCE);
        lanes.end(lanes.publish("fail", lane, "{\"permanent\":true}"));

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(value("lanes_tasks_total", lane, "type=\"noop\"", "outcome=\"succeeded\""))
                    .isEqualTo(succeeded + 20);
            assertThat(value("lanes_tasks_total", lane, "type=\"fail\"", "outcome=\"failed\""))
                    .isEqualTo(failed + 1);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"sequential", "reactive", "thread", "virtual", "process"})
    void measures_how_long_tasks_wait_and_run(String lane) {
        double slower = slowerThanQuarterSecond(lane);
        double waits = value("lanes_task_wait_seconds_bucket", lane, "le=\"+Inf\"");

        lanes.end(lanes.publish("sleep", lane, "{\"ms\":300}"));

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(slowerThanQuarterSecond(lane)).isEqualTo(slower + 1);
            assertThat(value("lanes_task_wait_seconds_bucket", lane, "le=\"+Inf\""))
                    .isEqualTo(waits + 1);
        });
    }

    private double slowerThanQuarterSecond(String lane) {
        return value("lanes_task_run_seconds_bucket", lane, "le=\"+Inf\"")
                - value("lanes_task_run_seconds_bucket", lane, "le=\"0.25\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sequential", "reactive", "thread", "virtual", "process"})
    void shows_what_is_in_flight_and_what_waits(String lane) {
        String batch = lanes.publishMany(2, "sleep", lane, "{\"ms\":5000}");

        await().atMost(PATIENCE).until(() -> value("lanes_tasks_in_flight", lane) > 0);
        await().atMost(PATIENCE).until(() -> value("lanes_lag_records", lane) > 0);
        lanes.ends(batch, 2, PATIENCE);
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(value("lanes_tasks_in_flight", lane)).isZero();
            assertThat(value("lanes_lag_records", lane)).isZero();
        });
    }

    @Test
    void shows_for_how_long_tasks_blocked_the_event_loop() {
        double blocked = value("lanes_event_loop_blocked_seconds_total", "reactive");

        lanes.end(lanes.publish("hash", "reactive", "{\"iterations\":400000}"));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(value("lanes_event_loop_blocked_seconds_total", "reactive"))
                        .isGreaterThan(blocked + 0.02));
    }

    @Test
    void shows_how_many_worker_processes_are_alive() {
        assertThat(value("lanes_processes", "process")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jvm_memory_used_bytes",
                "jvm_threads_live_threads",
                "jvm_gc_pause_seconds_count",
                "process_cpu_usage",
                "http_server_requests_seconds_count",
                "kafka_producer_record_send_total",
                "kafka_consumer_fetch_manager_records_consumed_total"
            })
    void shows_the_meters_of_the_JVM_of_HTTP_and_of_Kafka(String meter) {
        assertThat(metrics()).anyMatch(line -> line.startsWith(meter + "{") || line.startsWith(meter + " "));
    }

    private List<String> metrics() {
        return lanes.get("/q/metrics").response().body().lines().toList();
    }

    /** The sum over all series of a lane with these labels; 0 when there is none yet. */
    private double value(String meter, String lane, String... labels) {
        Pattern series = Pattern.compile(Pattern.quote(meter) + "\\{(.*)} (\\S+)");
        return metrics().stream()
                .map(series::matcher)
                .filter(line -> line.matches() && line.group(1).contains("lane=\"" + lane + "\""))
                .filter(line -> List.of(labels).stream().allMatch(line.group(1)::contains))
                .mapToDouble(line -> Double.parseDouble(line.group(2)))
                .sum();
    }
}
