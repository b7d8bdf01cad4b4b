package dev.lanes.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.pipeline.Heartbeat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class HeardTest {
    private static final Instant BEFORE = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant THEN = BEFORE.plusSeconds(10);

    private final List<Heartbeat> beats = new ArrayList<>();

    @Test
    void adds_up_the_newest_of_each() {
        said(1, THEN, 100L);
        said(2, THEN, 20L);
        said(1, THEN.plusSeconds(1), 300L);

        assertThat(allocated()).isEqualTo(320);
    }

    @Test
    void waits_until_each_has_spoken_since() {
        said(1, THEN, 100L);
        said(2, BEFORE, 20L);
        Heard heard = new Heard(
                () -> {
                    List<Heartbeat> now = List.copyOf(beats);
                    said(2, THEN, 50L);
                    return now;
                },
                2,
                Duration.ofMinutes(1));

        assertThat(heard.sum(THEN, Heartbeat::allocatedBytes)).isEqualTo(150);
    }

    @Test
    void says_nothing_where_one_says_nothing() {
        said(1, THEN, 100L);
        said(2, BEFORE, 20L);

        assertThat(allocated()).isNull();
    }

    @Test
    void says_nothing_where_a_jvm_does_not_tell() {
        said(1, THEN, 100L);
        said(2, THEN, null);

        assertThat(allocated()).isNull();
    }

    private @Nullable Long allocated() {
        return new Heard(() -> beats, 2, Duration.ZERO).sum(THEN, Heartbeat::allocatedBytes);
    }

    private void said(long pid, Instant at, @Nullable Long allocatedBytes) {
        beats.add(new Heartbeat("here", pid, "1", at, BEFORE, List.of(), 0, 0, null, 1, List.of(), allocatedBytes));
    }
}
