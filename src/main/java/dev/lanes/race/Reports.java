package dev.lanes.race;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A race's report in each state of its life. */
final class Reports {
    private static final JsonMapper JSON = new JsonMapper();

    private Reports() {}

    static RaceReport waiting(String id, RaceRequest request, Environment environment) {
        JsonNode payload = payload(request);
        return new RaceReport(
                id,
                "waiting",
                "for the races before it",
                null,
                Instant.now(),
                null,
                payload.isEmpty() ? request.type() : request.type() + " " + payload,
                request.type(),
                payload,
                request.mode().toString(),
                request.mode() == RaceRequest.Mode.TOGETHER ? "as the lanes run" : request.budget(),
                request.ratePerSecond() == null ? "closed loop" : "open loop",
                request.ratePerSecond(),
                request.command(),
                request.repeat(),
                environment,
                Map.of(),
                null,
                null,
                Map.of(),
                Map.of(),
                null,
                null,
                List.of(),
                List.of());
    }

    private static JsonNode payload(RaceRequest request) {
        try {
            return JSON.readTree(request.payload().toString());
        } catch (JsonProcessingException checkedBefore) {
            throw new IllegalStateException(checkedBefore);
        }
    }

    static RaceReport running(RaceReport race, String step, Map<String, Integer> done) {
        return with(race, "running", step, null, null, done, null);
    }

    /**
     * @param scores what was measured; null where it did not come to that
     */
    static RaceReport ended(RaceReport race, String state, @Nullable String error, @Nullable Scores scores) {
        return with(race, state, "", error, Instant.now(), race.done(), scores);
    }

    /** One that was kept before it had ended, by an application that is no more. */
    static RaceReport interrupted(RaceReport race) {
        return with(race, "interrupted", "", "the application ended before it: run it again", null, Map.of(), null);
    }

    private static RaceReport with(
            RaceReport race,
            String state,
            String step,
            @Nullable String error,
            @Nullable Instant finishedAt,
            Map<String, Integer> done,
            @Nullable Scores scores) {
        return new RaceReport(
                race.id(),
                state,
                step,
                error,
                race.startedAt(),
                finishedAt,
                race.workload(),
                race.type(),
                race.payload(),
                race.mode(),
                race.budget(),
                race.loop(),
                race.ratePerSecond(),
                race.command(),
                race.rounds(),
                scores == null ? race.environment() : race.environment().with(scores.coresOfOthers()),
                done,
                scores == null ? null : scores.bare(Entrant.BARE_CLIENT),
                scores == null ? null : scores.bare(Entrant.BARE_SHARE_CLIENT),
                scores == null ? Map.of() : scores.idioms(),
                scores == null ? Map.of() : scores.lanes(),
                scores == null ? null : scores.control(),
                scores == null ? null : scores.split(),
                scores == null ? List.of() : scores.standing(),
                scores == null ? List.of() : scores.raw());
    }
}
