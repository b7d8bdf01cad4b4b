package dev.lanes.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.task.LaneName;
import dev.lanes.task.RawJson;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RaceRequestTest {
    @Test
    void names_the_command_that_repeats_it() {
        RaceRequest race = new RaceRequest(
                "work",
                RawJson.of("{\"waitMs\":10,\"text\":\"it's\"}"),
                List.of(LaneName.THREAD, LaneName.PROCESS),
                RaceRequest.Mode.IN_TURN,
                500,
                Concurrency.of(4),
                100,
                2,
                30,
                Set.of(RaceRequest.Beside.CEILING, RaceRequest.Beside.IDIOMS, RaceRequest.Beside.LEDGER));

        assertThat(race.command())
                .isEqualTo(
                        "./lanes race work waitMs=10 text='\"it'\\''s\"' --lanes thread,process"
                                + " --count 500 --concurrency 4 --rate 100 --repeat 2 --warm-up 30 --idioms --ledger --ceiling");
    }

    @Test
    void leaves_out_what_was_not_said() {
        RaceRequest race = new RaceRequest(
                "noop",
                RawJson.EMPTY,
                List.of(LaneName.values()),
                RaceRequest.Mode.TOGETHER,
                null,
                Concurrency.DEFAULT,
                null,
                1,
                RaceRequest.WARM_UP_SECONDS,
                Set.of());

        assertThat(race.command()).isEqualTo("./lanes race noop --repeat 1 --together");
    }

    @Test
    void says_where_concurrency_is_not_quite_equal() {
        assertThat(at(16, LaneName.THREAD, LaneName.PROCESS).budget()).isEqualTo("equal concurrency");
        assertThat(at(100, LaneName.THREAD, LaneName.PROCESS).budget())
                .isEqualTo("equal concurrency, but 16 processes");
        assertThat(at(100, LaneName.THREAD, LaneName.VIRTUAL).budget()).isEqualTo("equal concurrency");
    }

    @Test
    void gives_each_lane_its_own_where_that_is_said() {
        Concurrency stated = new Concurrency(null, Map.of(LaneName.PROCESS, 2, LaneName.THREAD, 4));

        assertThat(stated.of(LaneName.PROCESS)).isEqualTo(2);
        assertThat(stated.of(LaneName.THREAD)).isEqualTo(4);
        assertThat(stated.of(LaneName.VIRTUAL)).isEqualTo(Concurrency.DEFAULT.of(LaneName.VIRTUAL));
        assertThat(stated.words(List.of(LaneName.values()))).isEqualTo("equal budget");
        assertThat(stated.option()).isEqualTo("thread=4,process=2");
    }

    private static RaceRequest at(int concurrency, LaneName... lanes) {
        return new RaceRequest(
                "noop",
                RawJson.EMPTY,
                List.of(lanes),
                RaceRequest.Mode.IN_TURN,
                null,
                Concurrency.of(concurrency),
                null,
                1,
                RaceRequest.WARM_UP_SECONDS,
                Set.of());
    }
}
