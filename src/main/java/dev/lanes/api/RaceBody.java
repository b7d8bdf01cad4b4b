package dev.lanes.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanes.handler.Handlers;
import dev.lanes.handler.PayloadProblem;
import dev.lanes.handler.RegisteredHandler;
import dev.lanes.pipeline.Intake;
import dev.lanes.race.Concurrency;
import dev.lanes.race.RaceRequest;
import dev.lanes.task.LaneName;
import dev.lanes.task.RawJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is asked for, as REST takes it, before it has been checked. */
record RaceBody(
        @Nullable String type,
        @Nullable JsonNode payload,
        @Nullable List<String> lanes,
        @Nullable Integer count,
        @Nullable JsonNode concurrency,
        @Nullable Integer ratePerSecond,
        @Nullable Integer repeat,
        @Nullable Integer warmUpSeconds,
        @Nullable String mode,
        @Nullable Boolean idioms,
        @Nullable Boolean ledger,
        @Nullable Boolean ceiling) {
    private static final int REPEAT = 3;
    private static final String WHOLE = "must be a whole number, and not too large";
    private static final String IN_FLIGHT =
            WHOLE + ", or an object with one for each of some lanes like {\"thread\":4,\"process\":2}, each lane once";
    private static final String EXPECTED = "give one object like {\"type\":\"sleep\",\"payload\":{\"ms\":10}}";

    /** Reads it; what is not as it should be is refused with the field's name. */
    static RaceRequest read(byte[] json, Handlers handlers, Intake intake) {
        return StrictJson.read(json, RaceBody.class, EXPECTED, RaceBody::wanted).check(handlers, intake);
    }

    private static String wanted(String field) {
        return switch (field) {
            case "lanes" -> "must be a list of lanes, like [\"thread\",\"virtual\"]";
            case "idioms", "ledger", "ceiling" -> "must be true or false";
            case "type", "mode" -> "must be a text";
            case "concurrency" -> IN_FLIGHT;
            default -> WHOLE;
        };
    }

    private RaceRequest check(Handlers handlers, Intake intake) {
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
        List<LaneName> checkedLanes = checkedLanes();
        if (checkedMode == RaceRequest.Mode.TOGETHER) {
            refuseLanesWithout(type, intake.lanesOf(handler), checkedLanes);
        }
        return new RaceRequest(
                type,
                given,
                checkedLanes,
                checkedMode,
                optional("count", count, RaceRequest.MAX_COUNT),
                checkedConcurrency(checkedLanes),
                optional("ratePerSecond", ratePerSecond, RaceRequest.MAX_RATE),
                within("repeat", repeat == null ? defaultRepeat(checkedMode) : repeat, RaceRequest.MAX_REPEAT),
                within(
                        "warmUpSeconds",
                        warmUpSeconds == null ? RaceRequest.WARM_UP_SECONDS : warmUpSeconds,
                        RaceRequest.MAX_WARM_UP_SECONDS),
                beside(checkedLanes));
    }

    /** A number for all lanes, or an object with one for each of some. */
    private Concurrency checkedConcurrency(List<LaneName> raced) {
        if (concurrency == null || concurrency.isNull()) {
            return Concurrency.DEFAULT;
        }
        if (!concurrency.isObject()) {
            return Concurrency.of(within("concurrency", whole("concurrency", concurrency, IN_FLIGHT), Concurrency.MAX));
        }
        Map<LaneName, Integer> stated = new EnumMap<>(LaneName.class);
        concurrency.properties().forEach(one -> {
            String field = "concurrency." + one.getKey();
            LaneName lane = LaneName.parse(one.getKey())
                    .filter(raced::contains)
                    .orElseThrow(() -> Refused.badRequest(field, "is for no lane of this race"));
            if (lane == LaneName.SEQUENTIAL) {
                throw Refused.badRequest(field, "is always 1: leave it out");
            }
            int most = lane == LaneName.PROCESS ? Concurrency.MAX_PROCESSES : Concurrency.MAX;
            stated.put(lane, within(field, whole(field, one.getValue(), WHOLE), most));
        });
        return new Concurrency(null, stated);
    }

    private static int whole(String field, JsonNode value, String wanted) {
        if (!value.isInt()) {
            throw Refused.badRequest(field, wanted);
        }
        return value.intValue();
    }

    private Set<RaceRequest.Beside> beside(List<LaneName> raced) {
        Set<RaceRequest.Beside> beside = EnumSet.noneOf(RaceRequest.Beside.class);
        if (wants(idioms)) {
            beside.add(RaceRequest.Beside.IDIOMS);
        }
        if (wants(ledger)) {
            if (raced.equals(List.of(LaneName.PROCESS))) {
                throw Refused.badRequest("ledger", "is for lanes that can share a process with it: process cannot");
            }
            beside.add(RaceRequest.Beside.LEDGER);
        }
        if (wants(ceiling)) {
            if (Collections.disjoint(raced, RaceRequest.WITH_CEILING)) {
                throw Refused.badRequest("ceiling", "is for reactive, thread and virtual: race one of them");
            }
            if (ratePerSecond != null) {
                throw Refused.badRequest("ceiling", "is of what can be done: leave out ratePerSecond");
            }
            beside.add(RaceRequest.Beside.CEILING);
        }
        return beside;
    }

    private static boolean wants(@Nullable Boolean flag) {
        return Boolean.TRUE.equals(flag);
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
            refuse("concurrency", concurrency != null);
            refuse("ratePerSecond", ratePerSecond != null);
            refuse("warmUpSeconds", warmUpSeconds != null);
            refuse("ledger", wants(ledger));
            refuse("ceiling", wants(ceiling));
        }
        return known;
    }

    private static void refuse(String field, boolean given) {
        if (given) {
            throw Refused.badRequest(field, "is for races in turn: together the lanes race as they run");
        }
    }

    /** In turn each lane has JVMs of its own, which such tasks may end. */
    private static void refuseLanesWithout(String type, List<LaneName> takers, List<LaneName> raced) {
        raced.stream().filter(lane -> !takers.contains(lane)).findFirst().ifPresent(lane -> {
            throw Refused.badRequest("lanes", lane + " does not take tasks of type " + type + ": race them in turn");
        });
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
