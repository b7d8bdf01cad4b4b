package dev.lanes.race.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final InProgress HALF_THE_TIME = new InProgress(List.of(new InProgress.Span(0, 900)));

    @Test
    void draws_how_many_tasks_a_thread_has_in_progress_when() {
        InProgress hundred = new InProgress(Collections.nCopies(100, new InProgress.Span(0, 900)));

        List<String> lines = new Timeline(1800)
                .add("reactive", Map.of("loop", hundred))
                .add("thread", Map.of("one", HALF_THE_TIME))
                .lines();

        assertThat(lines.get(0)).isEqualTo("reactive");
        assertThat(lines.get(1).strip().split(" +"))
                .hasSize(10)
                .startsWith("loop", "100")
                .endsWith("100");
        assertThat(lines.get(3).strip().split(" +")).hasSize(10).startsWith("one", "1");
    }

    @Test
    void shows_less_than_half_a_task_as_a_dot() {
        InProgress brief = new InProgress(List.of(new InProgress.Span(0, 30)));

        assertThat(new Timeline(1800)
                        .add("thread", Map.of("one", brief))
                        .lines()
                        .get(1))
                .endsWith("   .");
    }

    @Test
    void fits_a_terminal_of_100_columns_however_many_threads_there_are() {
        Map<String, InProgress> threads = new TreeMap<>();
        for (int thread = 0; thread < 20; thread++) {
            threads.put("a-thread-with-a-name-of-many-characters-" + thread, HALF_THE_TIME);
        }

        List<String> lines = new Timeline(900).add("thread", threads).lines();

        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        assertThat(lines).contains("  and 12 more threads like these");
    }
}
