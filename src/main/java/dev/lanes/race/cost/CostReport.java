package dev.lanes.race.cost;

import dev.lanes.race.Circumstances;
import dev.lanes.race.Environment;
import dev.lanes.race.Machine;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cost, how far its measurement is, and what came of the last one. What could not be measured is null.
 *
 * @param state {@code not run}, {@code waiting}, {@code running}, {@code finished}, {@code failed} or {@code cancelled}
 * @param step what it does now
 * @param error why it failed; null unless it did
 * @param rounds how many were asked for
 * @param environment null until it has ended
 * @param delivered whether Kafka has all that was published; null until it has ended
 * @param reliable whether nothing speaks against the figures; null until it has ended
 * @param doubts what does
 */
public record CostReport(
        String name,
        String why,
        String how,
        String state,
        String step,
        @Nullable String error,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        int rounds,
        @Nullable Environment environment,
        @Nullable Boolean delivered,
        @Nullable Boolean reliable,
        List<String> doubts,
        List<Row> rows,
        List<Target> targets) {
    static CostReport notRun(Cost cost) {
        return new CostReport(
                cost.name(),
                cost.why(),
                cost.how(),
                "not run",
                "",
                null,
                null,
                null,
                0,
                null,
                null,
                null,
                List.of(),
                List.of(),
                List.of());
    }

    static CostReport waiting(Cost cost, int rounds) {
        return notRun(cost).with("waiting", Machine.WAITING, Instant.now(), rounds);
    }

    CostReport running(String now) {
        return with("running", now, startedAt, rounds);
    }

    private CostReport with(String newState, String newStep, @Nullable Instant asked, int newRounds) {
        return new CostReport(
                name,
                why,
                how,
                newState,
                newStep,
                null,
                asked,
                null,
                newRounds,
                environment,
                delivered,
                reliable,
                doubts,
                rows,
                targets);
    }

    /** With what has been measured, be it all or what there was until then. */
    CostReport ended(
            String newState,
            @Nullable String newError,
            @Nullable Circumstances circumstances,
            Figures figures,
            List<Target> newTargets) {
        List<String> newDoubts = circumstances == null ? List.of() : circumstances.doubts();
        return new CostReport(
                name,
                why,
                how,
                newState,
                "",
                newError,
                startedAt,
                Instant.now(),
                rounds,
                circumstances == null ? null : circumstances.environment(),
                figures.delivered(),
                circumstances == null ? null : newDoubts.isEmpty(),
                newDoubts,
                figures.rows(),
                newTargets);
    }
}
