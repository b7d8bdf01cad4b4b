package dev.lanes.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class ExpectedTest {
    @Test
    void answers_what_the_work_gives() throws Exception {
        assertThat(Expected.within(Duration.ofMinutes(1), () -> "{}")).isEqualTo("{}");
    }

    @Test
    void gives_up_work_that_takes_too_long_and_stops_it() {
        AtomicBoolean stopped = new AtomicBoolean();

        assertThatThrownBy(() -> Expected.within(Duration.ofMillis(50), () -> {
                    try {
                        new CountDownLatch(1).await();
                    } finally {
                        stopped.set(true);
                    }
                    return "";
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("lanes.race.patience");
        await().untilTrue(stopped);
    }

    @Test
    void says_how_the_task_fails() {
        assertThatThrownBy(() -> Expected.within(Duration.ofMinutes(1), () -> {
                    throw new OutOfMemoryError("a planted one");
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a planted one");
    }
}
