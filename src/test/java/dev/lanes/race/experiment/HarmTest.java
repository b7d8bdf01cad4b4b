package dev.lanes.race.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.pipeline.OutcomeRecord;
import dev.lanes.task.Attempt;
import dev.lanes.task.LaneName;
import dev.lanes.task.Outcome;
import dev.lanes.task.Place;
import dev.lanes.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HarmTest {
    private static final Instant STRUCK = Instant.parse("2026-01-01T00:00:10Z");

    @Test
    void neighbours_that_ended_as_they_had_begun_are_not_hurt() {
        Harm harm = Harm.of(2, List.of(end(-1, Outcome.SUCCEEDED), end(-2, Outcome.SUCCEEDED)), STRUCK);

        assertThat(harm.none()).isTrue();
        assertThat(harm.recovery()).isNull();
        assertThat(harm.recoverySeconds()).isZero();
    }

    @Test
    void neighbours_that_began_again_are_hurt_and_the_first_of_them_ends_the_recovery() {
        Harm harm = Harm.of(2, List.of(end(5, Outcome.SUCCEEDED), end(4, Outcome.SUCCEEDED)), STRUCK);

        assertThat(harm.all()).isTrue();
        assertThat(harm.lost()).isZero();
        assertThat(harm.recovery()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void neighbours_that_failed_or_never_ended_are_hurt_too() {
        Harm harm = Harm.of(3, List.of(end(-1, Outcome.FAILED), end(-1, Outcome.SUCCEEDED)), STRUCK);

        assertThat(harm.hurt()).isEqualTo(2);
        assertThat(harm.lost()).isEqualTo(1);
    }

    private static OutcomeRecord end(int startedAfterSeconds, Outcome outcome) {
        Instant start = STRUCK.plusSeconds(startedAfterSeconds);
        Attempt attempt = new Attempt(
                1, LaneName.THREAD, new Place("here", 1, "thread", false), start, start.plusSeconds(3), outcome, null);
        return new OutcomeRecord(
                TaskId.create(start), 1, "sleep", outcome.state(), start.minusSeconds(1), attempt, null);
    }
}
