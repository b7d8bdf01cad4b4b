package dev.lanes.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SmapsTest {
    @Test
    void reads_what_the_kernel_counts_in_kilobytes() {
        Smaps smaps = Smaps.parse(List.of(
                "55d3c0a00000-7ffd3b9f2000 ---p 00000000 00:00 0    [rollup]",
                "Rss:               42676 kB",
                "Pss:               20842 kB",
                "Pss_Anon:          13000 kB"));

        assertThat(smaps).isEqualTo(new Smaps(20_842 * 1024, 42_676 * 1024));
    }
}
