package dev.lanes.api;

import dev.lanes.ledger.DeadQuery;
import dev.lanes.task.LaneName;
import dev.lanes.task.TaskId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which dead letters a request means, and what shall become of them, as REST takes it. */
record DeadBody(
        @Nullable List<String> ids,
        @Nullable String type,
        @Nullable String lane,
        @Nullable String error,
        @Nullable String since,
        @Nullable String until,
        @Nullable Boolean all,
        @Nullable String to,
        @Nullable Boolean dryRun,
        @Nullable Integer perSecond) {
    private static final int MAX_PER_SECOND = 1_000_000;
    private static final int MAX_IDS = 100_000;
    private static final String EXPECTED = "give one object like {\"type\":\"http\",\"error\":\"timed out\"}";

    /**
     * Reads it; what is not as it should be is refused with the field's name.
     *
     * @param redrives whether it may say to which lane, and how fast
     */
    static DeadBody read(byte[] json, boolean redrives) {
        DeadBody body = StrictJson.read(json, DeadBody.class, EXPECTED, DeadBody::wanted);
        if (!redrives && (body.to != null || body.perSecond != null)) {
            throw Refused.badRequest(body.to != null ? "to" : "perSecond", "is for redrives");
        }
        if (body.perSecond != null && (body.perSecond < 1 || body.perSecond > MAX_PER_SECOND)) {
            throw Refused.badRequest("perSecond", "must be from 1 to " + MAX_PER_SECOND);
        }
        if (body.to != null) {
            lane("to", body.to);
        }
        boolean everything = Boolean.TRUE.equals(body.all);
        if (everything == body.query().narrows()) {
            throw Refused.badRequest(
                    "all",
                    everything
                            ? "cannot be said together with ids or a filter"
                            : "say which: ids, or a filter (type, lane, error, since, until), or \"all\":true");
        }
        return body;
    }

    private static String wanted(String field) {
        return switch (field) {
            case "ids" -> "must be a list of the ids of tasks";
            case "all", "dryRun" -> "must be true or false";
            case "perSecond" -> "must be a whole number";
            default -> "must be a text";
        };
    }

    /** Which letters it means. */
    DeadQuery query() {
        return query(ids, type, lane, error, since, until);
    }

    static DeadQuery query(
            @Nullable List<String> ids,
            @Nullable String type,
            @Nullable String lane,
            @Nullable String error,
            @Nullable String since,
            @Nullable String until) {
        return new DeadQuery(
                ids == null ? null : ids(ids),
                said("type", type),
                lane == null ? null : lane("lane", lane),
                said("error", error),
                since == null ? null : time("since", since),
                until == null ? null : time("until", until));
    }

    boolean isDryRun() {
        return Boolean.TRUE.equals(dryRun);
    }

    /** The lane to which the tasks shall go; null for the one on which each died. */
    @Nullable
    LaneName toLane() {
        return to == null ? null : lane("to", to);
    }

    /** How many shall be redriven a second; 0 for as many as can be. */
    int rate() {
        return perSecond == null ? 0 : perSecond;
    }

    private static Set<TaskId> ids(List<String> texts) {
        if (texts.isEmpty() || texts.size() > MAX_IDS) {
            throw Refused.badRequest("ids", "must name 1 to " + MAX_IDS + " tasks");
        }
        Set<TaskId> ids = new HashSet<>();
        for (String text : texts) {
            ids.add(TaskId.parse(String.valueOf(text))
                    .orElseThrow(() -> Refused.badRequest("ids", "'" + text + "' is not a UUID")));
        }
        return ids;
    }

    /** An empty text is in all others, and would mean every letter. */
    private static @Nullable String said(String field, @Nullable String text) {
        if (text != null && text.isBlank()) {
            throw Refused.badRequest(field, "must not be empty: leave it out where any will do");
        }
        return text;
    }

    private static LaneName lane(String field, String text) {
        return LaneName.parse(text)
                .orElseThrow(() -> Refused.badRequest(field, "unknown lane; there are " + LaneName.all()));
    }

    private static Instant time(String field, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException notATime) {
            throw Refused.badRequest(field, "must be a time like 2026-01-31T12:00:00Z");
        }
    }
}
