package dev.lanes.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RelayTest {
    private final Relay relay = new Relay();

    @Test
    void one_alone_may_begin_tasks() throws InterruptedException {
        assertThat(relay.takeBaton(Duration.ZERO)).isTrue();
        assertThat(relay.takeBaton(Duration.ZERO)).isFalse();

        relay.passBaton();

        assertThat(relay.takeBaton(Duration.ZERO)).isTrue();
    }

    @Test
    void a_second_is_wanted_once_a_poll_was_full_and_until_the_first_takes_fewer() {
        assertThat(relay.isWanted()).isFalse();

        relay.full();
        assertThat(relay.isWanted()).isTrue();

        relay.over();
        assertThat(relay.isWanted()).isFalse();
    }
}
