package dev.lanes.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SilenceTest {
    private final AtomicLong clock = new AtomicLong();
    private final Silence silence = new Silence(Duration.ofSeconds(10), clock::get);

    @Test
    void waits_for_one_who_is_slow_for_as_long_as_it_takes() {
        for (int done = 1; done <= 100; done++) {
            passes(9);
            assertThat(silence.tooLong(done)).isFalse();
        }
    }

    @Test
    void gives_up_when_none_has_ended_for_long() {
        passes(9);
        assertThat(silence.tooLong(1)).isFalse();
        passes(10);
        assertThat(silence.tooLong(1)).isFalse();

        passes(1);

        assertThat(silence.tooLong(1)).isTrue();
    }

    private void passes(long seconds) {
        clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }
}
