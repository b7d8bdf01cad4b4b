package dev.lanes.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanes.handler.Handlers;
import dev.lanes.handler.PayloadProblem;
import dev.lanes.handler.RegisteredHandler;
import dev.lanes.race.RaceRequest;
import dev.lanes.task.LaneName;
import dev.lanes.task.RawJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is asked for, as REST takes it, before it has been checked. */
record RaceBody(
        @Nullable String type,
        @Nullable JsonNode payload,
        @Nullable List<String> lanes,
        @Nullable Integer count,
        @Nullable Integer concurrency,
        @Nullable Integer ratePerSecond,
        @Nullable Integer repeat,
        @Nullable Integer warmUpSeconds,
        @Nullable String mode,
        @Nullable Boolean idioms) {
    private static final int REPEAT = 3;
    private static final String EXPECTED = "give one object like {\"type\":\"sleep\",\"payload\":{\"ms\":10}}";

    /** Reads it; what is not as it should be is refused with the field's name. */
    static RaceRequest read(byte[] json, Handlers handlers) {
        return StrictJson.read(json, RaceBody.class, EXPECTED, RaceBody::wanted).check(handlers);
    }

    private static String wanted(String field) {
        return switch (field) {
            case "lanes" -> "must be a list of lanes, like [\"thread\",\"virtual\"]";
            case "idioms" -> "must be true or false";
            case "type", "mode" -> "must be a text";
            default -> "must be a whole number, and not too large";
        };
    }

    private RaceRequest check(Handlers handlers) {
        if (type == null) {
            throw Refused.badRequest("type", "is missing");
        }
        RegisteredHandler handler = handlers.find(type)
                .orElseThrow(() -> Refused.badRequest(
                        "type",
                        "unknown type; there are "
                                + handlers.all().stream()
                                        .map(known -> known.type().value())
                                        .collect(Collectors.joining(", "))));
        RawJson given = payload == null ? RawJson.EMPTY : RawJson.of(payload.toString());
        try {
            handler.payload(given);
        } catch (PayloadProblem problem) {
            throw Refused.badRequest(problem.field(), problem.reason());
        }
        RaceRequest.Mode checkedMode = checkedMode();
        return new RaceRequest(
                type,
                given,
                checkedLanes(),
                checkedMode,
                optional("count", count, RaceRequest.MAX_COUNT),
                optional("concurrency", concurrency, RaceRequest.MAX_CONCURRENCY),
                optional("ratePerSecond", ratePerSecond, RaceRequest.MAX_RATE),
                within("repeat", repeat == null ? defaultRepeat(checkedMode) : repeat, RaceRequest.MAX_REPEAT),
                within(
                        "warmUpSeconds",
                        warmUpSeconds == null ? RaceRequest.WARM_UP_SECONDS : warmUpSeconds,
                        RaceRequest.MAX_WARM_UP_SECONDS),
                Boolean.TRUE.equals(idioms));
    }

    private static int defaultRepeat(RaceRequest.Mode mode) {
        return mode == RaceRequest.Mode.TOGETHER ? 1 : REPEAT;
    }

    private RaceRequest.Mode checkedMode() {
        RaceRequest.Mode known = mode == null
                ? RaceRequest.Mode.IN_TURN
                : Arrays.stream(RaceRequest.Mode.values())
                        .filter(one -> one.toString().equals(mode))
                        .findFirst()
                        .orElseThrow(
                                () -> Refused.badRequest("mode", "is '" + mode + "': give 'in turn' or 'together'"));
        if (known == RaceRequest.Mode.TOGETHER) {
            refuse("concurrency", concurrency);
            refuse("ratePerSecond", ratePerSecond);
            refuse("warmUpSeconds", warmUpSeconds);
        }
        return known;
    }

    private static void refuse(String field, @Nullable Integer value) {
        if (value != null) {
            throw Refused.badRequest(field, "is for races in turn: together the lanes race as they run");
        }
    }

    private static @Nullable Integer optional(String field, @Nullable Integer value, int most) {
        return value == null ? null : within(field, value, most);
    }

    private List<LaneName> checkedLanes() {
        if (lanes == null) {
            return List.of(LaneName.values());
        }
        List<LaneName> named = new ArrayList<>();
        for (String lane : lanes) {
            LaneName known = LaneName.parse(String.valueOf(lane))
                    .orElseThrow(() ->
                            Refused.badRequest("lanes", "'" + lane + "' is not a lane; there are " + LaneName.all()));
            if (named.contains(known)) {
                throw Refused.badRequest("lanes", known + " is named twice");
            }
            named.add(known);
        }
        if (named.isEmpty()) {
            throw Refused.badRequest("lanes", "is empty: name at least one of " + LaneName.all());
        }
        return named;
    }

    private static int within(String field, int value, int most) {
        if (value < 1 || value > most) {
            throw Refused.badRequest(field, "is " + value + ": give a number from 1 to " + most);
        }
        return value;
    }
}
