package dev.lanes.pipeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a lane is wanted to run, in all processes.
 *
 * @param paused whether it takes no more tasks; what is in flight goes on
 * @param concurrency how many tasks each process has in flight, or, of {@code process}, how many processes there are;
 *     null for what is configured
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LaneSetting(boolean paused, @Nullable Integer concurrency) {
    /** As nobody has asked for anything else. */
    static final LaneSetting CONFIGURED = new LaneSetting(false, null);

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    byte[] json() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Reads it; empty when it is none. */
    static Optional<LaneSetting> read(byte[] json) {
        try {
            return Optional.ofNullable(JSON.readValue(json, LaneSetting.class));
        } catch (IOException garbage) {
            return Optional.empty();
        }
    }
}
