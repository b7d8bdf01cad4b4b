package dev.lanes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RaceTableTest {
    private static final String RACE = """
            {"id":"k1","state":"finished","workload":"sleep {\\"ms\\":10}","type":"sleep","mode":"in turn",
             "budget":"equal budget","loop":"closed loop","rounds":2,"command":"./lanes race sleep ms=10",
             "startedAt":"2026-01-01T00:00:00Z","reliable":false,
             "doubts":["other programs kept 0.90 of 2 cores busy meanwhile"],
             "environment":{"cores":2,"memoryBytes":8000000000,"os":"Linux","jdk":"25","kafka":"4.2","version":"1",
              "jvmFlags":["-Xmx512m","-XX:+UseG1GC"],"loadAtStart":0.5,"coresOfOthers":0.9},
             "bareClient":{"jvms":1,"clients":1,"count":100,"fault":"it died","tasksPerSecond":null},
             "bareShareClient":{"jvms":4,"clients":16,"count":100,"fault":null,
              "tasksPerSecond":{"median":50,"min":40,"max":60}},
             "idioms":{},
             "lanes":{"thread":{"delivery":"consumer group","delivered":true,"concurrency":16,"count":100,
               "tasksPerSecond":{"median":1600,"min":1500,"max":1700},"ratioToBareClient":null,"ratioToSequential":16.0,
               "ratioToInMemory":0.97,"cpuMicrosPerTask":20.4,"brokerCpuMicrosPerTask":9.6,"allocatedBytesPerTask":2345.6},
              "process":{"delivery":"share group","delivered":true,"concurrency":3,"count":100,
               "tasksPerSecond":{"median":80,"min":80,"max":80},"ratioToBareShareClient":1.6,"ratioToSequential":null}},
             "ledger":{"thread":{"delivery":"consumer group","delivered":true,"concurrency":16,"count":100,
               "tasksPerSecond":{"median":1440,"min":1440,"max":1440},"ratioToLedgerOff":0.9}},
             "inMemory":{"thread":{"delivery":"memory","delivered":false,"fault":"it failed","concurrency":16}},
             "control":{"delivery":"share group","delivered":true,"concurrency":3,"count":100,
              "tasksPerSecond":{"median":160,"min":160,"max":160}},
             "split":{"queue":null,"queueAndConcurrency":0.1,"processes":0.5},
             "standing":[["thread"],["process"]],
             "raw":[{"name":"thread","round":1,"tasksPerSecond":1500},{"name":"thread","round":2,"tasksPerSecond":1700},
              {"name":"bare client","round":1,"tasksPerSecond":null}]}
            """;

    private final RaceTable table = table(RACE);

    @Test
    void says_that_figures_are_not_reliable_and_why() {
        assertThat(table.remarks()).contains("not reliable: other programs kept 0.90 of 2 cores busy meanwhile");
    }

    @Test
    void shows_flags_load_and_every_round() {
        assertThat(table.circumstances())
                .contains(
                        "each JVM with -Xmx512m -XX:+UseG1GC, load at the start 0.50, other programs 0.90 cores",
                        "tasks/s by round: thread 1,500 1,700; bare client -");
    }

    @Test
    void says_why_a_bare_client_has_no_figures_and_compares_nobody_with_it() {
        assertThat(table.remarks()).contains("bare client has no figures: it died");
        assertThat(row("bare client")).contains(" - ");
    }

    @Test
    void tells_how_each_gets_its_tasks_and_how_many_clients_share_jvms() {
        assertThat(row("thread  ")).contains("consumer group");
        assertThat(row("process")).contains("share group");
        assertThat(row("bare share client")).contains("4 JVMs, 16 clients");
    }

    @Test
    void does_not_call_the_queues_what_fewer_in_flight_cost() {
        assertThat(table.remarks())
                .contains(
                        "process does 0.05 of what thread does: 0.10 for reading a queue with 3 in flight in place of 16,"
                                + " times 0.50 for being processes");
    }

    @Test
    void tells_what_lanes_do_of_what_they_do_without_kafka_and_without_the_ledger() {
        assertThat(table.remarks())
                .contains("of what they do in memory, lanes do: thread 0.97")
                .contains("with the ledger beside them, lanes do, of what they do alone: thread 0.90")
                .contains("thread, in memory has no figures: it failed");
        assertThat(row("thread, ledger")).contains("1,440");
    }

    @Test
    void does_not_call_delivered_what_failed_in_memory() throws JsonProcessingException {
        assertThat(RaceTable.delivered(LanesApi.JSON.readTree(RACE))).isFalse();
        assertThat(RaceTable.delivered(
                        LanesApi.JSON.readTree(RACE.replace("\"delivered\":false", "\"delivered\":true"))))
                .isTrue();
    }

    @Test
    void tells_what_a_task_took_of_whom_as_far_as_that_is_known() {
        assertThat(table.costs().markdown()).contains("| thread | 20 | 10 | - | 2,345 |");
    }

    @Test
    void names_the_item_of_the_bench() {
        assertThat(table(RACE.replaceFirst("\\{", "{\"bench\":\"wait-16\",")).title())
                .startsWith("wait-16: sleep");
    }

    private String row(String name) {
        List<String> rows = table.table().lines();
        return rows.stream().filter(line -> line.startsWith(name)).findFirst().orElseThrow();
    }

    private static RaceTable table(String json) {
        try {
            return new RaceTable(LanesApi.JSON.readTree(json));
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }
}
