package dev.lanes.race.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class LiveHeapTest {
    @Test
    void reads_the_bytes_of_all_classes() throws IOException {
        String histogram = """
                4711:
                 num     #instances         #bytes  class name (module)
                -------------------------------------------------------
                   1:         54320        6123456  [B (java.base@25.0.1)
                   2:            42           1344  dev.lanes.Total 1 2
                Total         54362        6124800
                """;

        assertThat(LiveHeap.total(histogram)).isEqualTo(6_124_800);
    }

    @Test
    void says_what_jcmd_said_instead_of_a_histogram() {
        assertThatThrownBy(() -> LiveHeap.total("4711:\njava.io.IOException: No such process\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No such process");
    }
}
