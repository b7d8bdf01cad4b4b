package dev.lanes.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class MachineCpuTest {
    @Test
    void adds_up_what_is_neither_idle_nor_waiting_for_a_disk() {
        assertThat(MachineCpu.busy("cpu  100 20 30 9999 8888 5 6 7 0 0")).isEqualTo(Duration.ofMillis(1680));
    }
}
