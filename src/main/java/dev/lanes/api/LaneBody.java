package dev.lanes.api;

import dev.lanes.pipeline.LaneSetting;
import dev.lanes.pipeline.LaneSettings;
import dev.lanes.task.LaneName;
import org.jspecify.annotations.Nullable;

/** What is wanted of a lane, as REST takes it; what it leaves out stays as it is. */
record LaneBody(@Nullable Boolean paused, @Nullable Integer concurrency) {
    private static final String EXPECTED = "give one object like {\"paused\":true} or {\"concurrency\":32}";

    /** Reads it; what is not as it should be is refused with the field's name. */
    static LaneBody read(byte[] json, LaneName lane) {
        LaneBody body = StrictJson.read(json, LaneBody.class, EXPECTED, LaneBody::wanted);
        if (body.paused == null && body.concurrency == null) {
            throw Refused.badRequest("", EXPECTED);
        }
        if (body.concurrency != null) {
            check(body.concurrency, lane);
        }
        return body;
    }

    private static void check(int concurrency, LaneName lane) {
        int most = LaneSettings.most(lane);
        if (most == 1) {
            throw Refused.badRequest("concurrency", "is 1 by the nature of the lane " + lane);
        }
        if (concurrency < 1 || concurrency > most) {
            throw Refused.badRequest("concurrency", "must be from 1 to " + most + "; to stop a lane, pause it");
        }
    }

    private static String wanted(String field) {
        return field.equals("paused") ? "must be true or false" : "must be a whole number";
    }

    LaneSetting over(LaneSetting before) {
        return new LaneSetting(
                paused == null ? before.paused() : paused, concurrency == null ? before.concurrency() : concurrency);
    }
}
