package dev.lanes.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanes.task.LaneName;
import dev.lanes.task.RawJson;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ScoresTest {
    @Test
    void splits_the_way_from_thread_to_process_where_all_have_as_much_in_flight() {
        Scores scores = scores("sleep");
        add(scores, Entrant.Kind.LANE, LaneName.THREAD, 3, 100);
        add(scores, Entrant.Kind.CONTROL, LaneName.THREAD, 3, 80);
        add(scores, Entrant.Kind.LANE, LaneName.PROCESS, 3, 40);

        RaceReport.Split split = scores.split();

        assertThat(split).isEqualTo(new RaceReport.Split(0.8, null, 0.5));
    }

    @Test
    void does_not_call_the_queues_what_fewer_in_flight_cost() {
        Scores scores = scores("sleep");
        add(scores, Entrant.Kind.LANE, LaneName.THREAD, 16, 1600);
        add(scores, Entrant.Kind.CONTROL, LaneName.THREAD, 3, 160);
        add(scores, Entrant.Kind.LANE, LaneName.PROCESS, 3, 80);

        assertThat(scores.split()).isEqualTo(new RaceReport.Split(null, 0.1, 0.5));
    }

    @Test
    void compares_a_queue_with_no_lane_when_tasks_do_nothing_and_no_control_tells_what_it_costs() {
        Scores scores = scores("noop");
        add(scores, Entrant.Kind.LANE, LaneName.SEQUENTIAL, 1, 1000);
        add(scores, Entrant.Kind.LANE, LaneName.PROCESS, 3, 100);

        assertThat(scores.lanes().get("process").ratioToSequential()).isNull();
        assertThat(scores.standing()).containsExactly(List.of("sequential"));
    }

    @Test
    void compares_a_queue_where_a_control_tells_what_it_costs() {
        Scores scores = scores("noop");
        add(scores, Entrant.Kind.LANE, LaneName.SEQUENTIAL, 1, 1000);
        add(scores, Entrant.Kind.CONTROL, LaneName.THREAD, 3, 200);
        add(scores, Entrant.Kind.LANE, LaneName.PROCESS, 3, 100);

        assertThat(scores.lanes().get("process").ratioToSequential()).isEqualTo(0.1);
        assertThat(scores.standing()).containsExactly(List.of("sequential"), List.of("process"));
    }

    @Test
    void says_why_a_bare_client_has_no_figures() {
        Scores scores = scores("noop");
        Entrant bare = new Entrant(Entrant.BARE_CLIENT, Entrant.Kind.BARE_CLIENT, LaneName.SEQUENTIAL, 1);
        scores.of(bare).add(round(10, "it died"));
        add(scores, Entrant.Kind.LANE, LaneName.SEQUENTIAL, 1, 1000);

        assertThat(scores.bare(Entrant.BARE_CLIENT))
                .isEqualTo(new RaceReport.BareResult(1, 1, 100, "it died", null, null, null, null, null));
        assertThat(scores.lanes().get("sequential").ratioToBareClient()).isNull();
    }

    @Test
    void gives_a_round_that_failed_no_figures() {
        Scores scores = scores("noop");
        scores.of(new Entrant("virtual", Entrant.Kind.LANE, LaneName.VIRTUAL, 1000))
                .add(round(4000, "a task was lost"));

        assertThat(scores.raw()).singleElement().satisfies(raw -> {
            assertThat(raw.tasksPerSecond()).isNull();
            assertThat(raw.wallMs()).isNull();
            assertThat(raw.fault()).isEqualTo("a task was lost");
        });
    }

    @Test
    void compares_a_lane_with_itself_in_memory_and_the_one_with_the_ledger_with_the_one_without() {
        Scores scores = scores("noop");
        scores.of(new Entrant(Entrant.BARE_CLIENT, Entrant.Kind.BARE_CLIENT, LaneName.SEQUENTIAL, 1))
                .add(round(1000, null));
        add(scores, Entrant.Kind.LANE, LaneName.VIRTUAL, 100, 800);
        scores.of(Entrant.ledger(LaneName.VIRTUAL, 100)).add(round(400, null));
        scores.of(Entrant.inMemory(LaneName.VIRTUAL, 100)).add(round(1600, null));

        assertThat(scores.lanes()).containsOnlyKeys("virtual");
        assertThat(scores.lanes().get("virtual").ratioToInMemory()).isEqualTo(0.5);
        assertThat(scores.lanes().get("virtual").ratioToLedgerOff()).isNull();
        assertThat(scores.ledger().get("virtual").ratioToLedgerOff()).isEqualTo(0.5);
        assertThat(scores.inMemory().get("virtual").ratioToBareClient()).isNull();
        assertThat(scores.inMemory().get("virtual").inProgress()).isNull();
        assertThat(scores.inMemory().get("virtual").delivery()).isEqualTo("memory");
        assertThat(scores.standing()).containsExactly(List.of("virtual"));
    }

    @Test
    void tells_what_lane_broker_and_publisher_took_for_a_task_apart() {
        Scores scores = scores("noop");
        Score virtual = scores.of(new Entrant("virtual", Entrant.Kind.LANE, LaneName.VIRTUAL, 1000));
        virtual.add(round(1000, cpu(30, 10, 20), null));
        virtual.add(round(1000, cpu(30, 30, 40), null));

        RaceReport.LaneResult result = scores.lanes().get("virtual");

        assertThat(result.cpuMicrosPerTask()).isCloseTo(300, within(0.001));
        assertThat(result.brokerCpuMicrosPerTask()).isCloseTo(200, within(0.001));
        assertThat(result.publisherCpuMicrosPerTask()).isCloseTo(300, within(0.001));
        assertThat(scores.raw().getFirst().brokerCpuMs()).isEqualTo(10);
        assertThat(scores.raw().getFirst().publisherCpuMs()).isEqualTo(20);
    }

    @Test
    void shares_what_was_allocated_among_the_tasks_of_all_rounds() {
        Scores scores = scores("noop");
        Score virtual = scores.of(new Entrant("virtual", Entrant.Kind.LANE, LaneName.VIRTUAL, 1000));
        virtual.add(round(1000, null));
        virtual.add(round(1000, null));

        assertThat(scores.lanes().get("virtual").allocatedBytesPerTask()).isNull();
        virtual.allocated(500_000);

        assertThat(scores.lanes().get("virtual").allocatedBytesPerTask()).isEqualTo(2500);
    }

    @Test
    void tells_who_kept_up_with_the_rate_at_which_tasks_came() {
        Scores scores = scores("noop", 100);
        add(scores, Entrant.Kind.LANE, LaneName.SEQUENTIAL, 1, 60);
        add(scores, Entrant.Kind.LANE, LaneName.VIRTUAL, 1000, 98);

        assertThat(scores.lanes().get("sequential").keptUp()).isFalse();
        assertThat(scores.lanes().get("virtual").keptUp()).isTrue();
    }

    @Test
    void says_nothing_of_keeping_up_where_all_tasks_came_at_once() {
        Scores scores = scores("noop");
        add(scores, Entrant.Kind.LANE, LaneName.SEQUENTIAL, 1, 60);

        assertThat(scores.lanes().get("sequential").keptUp()).isNull();
    }

    @Test
    void does_not_guess_what_a_broker_took_that_did_not_tell() {
        Scores scores = scores("noop");
        Entrant bare = new Entrant(Entrant.BARE_CLIENT, Entrant.Kind.BARE_CLIENT, LaneName.SEQUENTIAL, 1);
        scores.of(bare).add(round(1000, new CpuTimes(null, null, null, Duration.ofMillis(20), null), null));

        RaceReport.BareResult result = scores.bare(Entrant.BARE_CLIENT);

        assertThat(result.brokerCpuMicrosPerTask()).isNull();
        assertThat(result.publisherCpuMicrosPerTask()).isCloseTo(200, within(0.001));
    }

    private static CpuTimes cpu(int entrantMs, int brokerMs, int publisherMs) {
        return new CpuTimes(
                Duration.ofMillis(entrantMs), null, Duration.ofMillis(brokerMs), Duration.ofMillis(publisherMs), null);
    }

    private static Scores scores(String type) {
        return scores(type, null);
    }

    private static Scores scores(String type, @Nullable Integer ratePerSecond) {
        return new Scores(new RaceRequest(
                type,
                RawJson.EMPTY,
                List.of(LaneName.values()),
                RaceRequest.Mode.IN_TURN,
                null,
                Concurrency.DEFAULT,
                ratePerSecond,
                3,
                RaceRequest.WARM_UP_SECONDS,
                Set.of()));
    }

    private static void add(Scores scores, Entrant.Kind kind, LaneName lane, int concurrency, int perSecond) {
        String name = kind == Entrant.Kind.CONTROL ? Entrant.CONTROL : lane.toString();
        scores.of(new Entrant(name, kind, lane, concurrency)).add(round(perSecond, null));
    }

    /** Of a hundred tasks. */
    private static Round round(int perSecond, @Nullable String fault) {
        return round(perSecond, CpuTimes.ofOthers(null), fault);
    }

    private static Round round(int perSecond, CpuTimes cpu, @Nullable String fault) {
        return new Round(100, Duration.ofNanos(100_000_000_000L / perSecond), cpu, new Figures(), 0, fault);
    }
}
