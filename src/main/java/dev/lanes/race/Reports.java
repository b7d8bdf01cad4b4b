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
                null,
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
        return with(race, environment, "running", "starting", null, null, Map.of());
    }

    static RaceReport running(RaceReport race, String step, Map<String, Integer> done) {
        return with(race, race.environment(), "running", step, null, null, done);
    }

    /** One that goes on, with what has been measured so far. */
    static RaceReport measured(RaceReport race, String step, Scores scores) {
        return with(running(race, step, Map.of()), null, scores.doubts(race.environment()), scores);
    }

    static RaceReport finished(RaceReport race, Scores scores) {
        Environment environment = race.environment().with(scores.coresOfOthers());
        List<String> doubts = scores.doubts(environment);
        RaceReport finished = with(race, environment, "finished", "", null, Instant.now(), race.done());
        return with(finished, doubts.isEmpty(), doubts, scores);
    }

    static RaceReport failed(RaceReport race, String error) {
        return with(race, race.environment(), "failed", "", error, Instant.now(), race.done());
    }

    static RaceReport cancelled(RaceReport race) {
        return with(race, race.environment(), "cancelled", "", null, Instant.now(), race.done());
    }

    /** One that had not ended when its application did. */
    static RaceReport interrupted(RaceReport race) {
        String error = "the application ended before it: run it again";
        return with(race, race.environment(), "interrupted", "", error, null, Map.of());
    }

    /** In another state; what had been measured stays. */
    private static RaceReport with(
            RaceReport race,
            Environment environment,
            String state,
            String step,
            @Nullable String error,
            @Nullable Instant finishedAt,
            Map<String, Integer> done) {
        return new RaceReport(
                race.id(),
                state,
                step,
                error,
                race.startedAt() == null && state.equals("running") ? Instant.now() : race.startedAt(),
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
                race.reliable(),
                race.doubts(),
                race.bareClient(),
                race.bareShareClient(),
                race.idioms(),
                race.lanes(),
                race.ledger(),
                race.inMemory(),
                race.control(),
                race.split(),
                race.standing(),
                race.raw());
    }

    /** With other figures. */
    private static RaceReport with(RaceReport race, @Nullable Boolean reliable, List<String> doubts, Scores scores) {
        return new RaceReport(
                race.id(),
                race.state(),
                race.step(),
                race.error(),
                race.startedAt(),
                race.finishedAt(),
                race.workload(),
                race.type(),
                race.payload(),
                race.mode(),
                race.budget(),
                race.loop(),
                race.ratePerSecond(),
                race.command(),
                race.rounds(),
                race.environment(),
                race.done(),
                reliable,
                doubts,
                scores.bare(Entrant.BARE_CLIENT),
                scores.bare(Entrant.BARE_SHARE_CLIENT),
                scores.idioms(),
                scores.lanes(),
                scores.ledger(),
                scores.inMemory(),
                scores.control(),
                scores.split(),
                scores.standing(),
                scores.raw());
    }
}
