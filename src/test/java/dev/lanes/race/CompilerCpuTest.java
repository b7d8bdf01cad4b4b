package dev.lanes.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CompilerCpuTest {
    @Test
    void adds_what_a_thread_has_taken_for_itself_and_in_the_system() {
        String stat = "42 (C2 CompilerThre) S 1 1 1 0 -1 4194368 5 0 0 0 150 25 0 0 20 0 30 0 100";

        assertThat(CompilerCpu.cpu(stat)).isEqualTo(Duration.ofMillis(1750));
    }
}
