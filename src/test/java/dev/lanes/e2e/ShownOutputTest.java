package dev.lanes.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShownOutputTest {
    private static final String PICTURE = """
            reactive, on 2 cores: up to 100 tasks in progress, 1.01 cores busy
              lanes-reactive-loop       80  98   4   .
              lanes-thread-1             1   1
              lanes-thread-2             1
            each cell: 185 ms (.: fewer than half)""";

    @Test
    void is_what_was_printed_with_other_figures_units_bars_and_breaks() {
        assertThat(measured("4 threads lost 4,599,155 of\n20,000,000 updates; p99 9 ms")
                        .isOf(List.of("8 threads lost 17 of 20,000,000 updates; p99 1.2 s")))
                .isTrue();
        assertThat(picture("virtual thread  ##### 29 µs\nwaiting  ##### x2.03")
                        .isOf(List.of("virtual thread    ## 1.1 ms\nwaiting  # x1.9")))
                .isTrue();
    }

    @Test
    void is_not_what_was_printed_when_words_are_missing_or_others() {
        String printed = "hurt by a halt 16 of 16 (they began again after 2.1 s); lost 0";

        assertThat(measured("hurt by a halt 16 of 16; lost 0").isOf(List.of(printed)))
                .isFalse();
        assertThat(measured("hurt by an error 16 of 16 (they began again after 2.1 s); lost 0")
                        .isOf(List.of(printed)))
                .isFalse();
        assertThat(measured("").isOf(List.of(printed))).isFalse();
        assertThat(picture("##### 29 µs").isOf(List.of("virtual thread ## 1.1 ms")))
                .isFalse();
    }

    @Test
    void shows_the_outputs_of_several_claims_one_after_the_other() {
        assertThat(measured("1.79 times on thread\n1.55 times on process")
                        .isOf(List.of("2 times on thread", "3 times on process")))
                .isTrue();
        assertThat(measured("1.79 times on thread").isOf(List.of("2 times on thread", "3 times on process")))
                .isFalse();
    }

    @Test
    void does_not_mind_what_a_busy_machine_adds() {
        assertThat(measured("1.79 times, on 2 cores")
                        .isOf(List.of(
                                "1.2 times, on 2 cores, of which other work took 0.4 meanwhile: try again when this"
                                        + " machine is quiet")))
                .isTrue();
    }

    @Test
    void lines_of_a_picture_are_left_out_only_where_it_says_so() {
        List<String> lines = PICTURE.lines().toList();

        assertThat(picture(PICTURE).isOf(List.of(PICTURE))).isTrue();
        assertThat(picture(lines.get(0) + "\n" + lines.get(1) + "\n  ...\n" + lines.get(4))
                        .isOf(List.of(PICTURE)))
                .isTrue();
        assertThat(picture(lines.get(0) + "\n" + lines.get(1) + "\n" + lines.get(4))
                        .isOf(List.of(PICTURE)))
                .isFalse();
        assertThat(picture(lines.get(0) + "\n" + lines.get(1)).isOf(List.of(PICTURE)))
                .isFalse();
        assertThat(picture(PICTURE + "\n  ...").isOf(List.of(PICTURE))).isFalse();
        assertThat(picture("...").isOf(List.of(PICTURE))).isFalse();
    }

    @Test
    void finds_blocks_with_their_claims_and_those_that_name_none() {
        String page = """
                ```sh
                ./lanes up
                ```
                <!-- measured 5a 5b -->
                ```
                hurt
                ```

                ```
                anything
                ```
                """;

        assertThat(ShownOutput.on(page))
                .containsExactly(
                        new ShownOutput("measured", List.of("5a", "5b"), "hurt\n"),
                        new ShownOutput("", List.of(), "anything\n"));
    }

    @Test
    void every_block_of_learn_md_names_its_claims() throws IOException {
        assertThat(ShownOutput.on(Files.readString(RunningLanes.PROJECT.resolve("docs/learn.md"))))
                .hasSizeGreaterThan(8)
                .noneMatch(block -> block.claims().isEmpty());
    }

    private static ShownOutput measured(String text) {
        return new ShownOutput("measured", List.of("1"), text);
    }

    private static ShownOutput picture(String text) {
        return new ShownOutput("picture", List.of("1"), text);
    }
}
