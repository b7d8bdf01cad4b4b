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
                Machine.WAITING,
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
                List.of(),
                null,
                null,
                Map.of(),
                Map.of(),
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

    /**
     * @param environment as it is now that the race begins
     */
    static RaceReport starting(RaceReport race, Environment environment) {
        return with(race, environment, "running", "starting", null, null, Map.of(), null);
    }

    static RaceReport running(RaceReport race, String step, Map<String, Integer> done) {
        return with(race, race.environment(), "running", step, null, null, done, null);
    }

    static RaceReport finished(RaceReport race, Scores scores) {
        Environment environment = race.environment().with(scores.coresOfOthers());
        return with(race, environment, "finished", "", null, Instant.now(), race.done(), scores);
    }

    static RaceReport failed(RaceReport race, String error) {
        return with(race, race.environment(), "failed", "", error, Instant.now(), race.done(), null);
    }

    static RaceReport cancelled(RaceReport race) {
        return with(race, race.environment(), "cancelled", "", null, Instant.now(), race.done(), null);
    }

    /** One that had not ended when its application did. */
    static RaceReport interrupted(RaceReport race) {
        String error = "the application ended before it: run it again";
        return with(race, race.environment(), "interrupted", "", error, null, Map.of(), null);
    }

    /**
     * @param scores what was measured; null where it did not come to that
     */
    private static RaceReport with(
            RaceReport race,
            Environment environment,
            String state,
            String step,
            @Nullable String error,
            @Nullable Instant finishedAt,
            Map<String, Integer> done,
            @Nullable Scores scores) {
        List<String> doubts = scores == null ? List.of() : scores.doubts(environment);
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
                environment,
                done,
                scores == null ? null : doubts.isEmpty(),
                doubts,
                scores == null ? null : scores.bare(Entrant.BARE_CLIENT),
                scores == null ? null : scores.bare(Entrant.BARE_SHARE_CLIENT),
                scores == null ? Map.of() : scores.idioms(),
                scores == null ? Map.of() : scores.lanes(),
                scores == null ? Map.of() : scores.ledger(),
                scores == null ? Map.of() : scores.inMemory(),
                scores == null ? null : scores.control(),
                scores == null ? null : scores.split(),
                scores == null ? List.of() : scores.standing(),
                scores == null ? List.of() : scores.raw());
    }
}
