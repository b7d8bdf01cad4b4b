package dev.lanes.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TaskIdTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00.123Z");

    @Test
    void tells_when_a_new_id_was_made() {
        TaskId id = TaskId.create(NOW);

        assertThat(id.time()).contains(NOW);
        assertThat(uuid(id).version()).isEqualTo(7);
        assertThat(uuid(id).variant()).isEqualTo(2);
    }

    @Test
    void makes_ids_that_differ_within_a_millisecond_and_sort_by_time() {
        List<TaskId> ids = IntStream.range(0, 1000)
                .mapToObj(millis ->
                        Stream.of(TaskId.create(NOW.plusMillis(millis)), TaskId.create(NOW.plusMillis(millis))))
                .flatMap(two -> two)
                .toList();

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(ids.stream().sorted().map(id -> id.time().orElseThrow()).toList())
                .isEqualTo(ids.stream().map(id -> id.time().orElseThrow()).toList());
    }

    @Test
    void gives_a_name_the_same_id_on_every_machine() {
        assertThat(TaskId.named("key", "order-7")).isEqualTo(TaskId.named("key", "order-7"));
        assertThat(TaskId.named("key", "order-7")).hasToString("e95ba078-394a-5fbb-97dd-0d46d813f8b5");
        assertThat(uuid(TaskId.named("key", "order-7")).version()).isEqualTo(5);
        assertThat(uuid(TaskId.named("key", "order-7")).variant()).isEqualTo(2);
        assertThat(TaskId.named("key", "order-7").time()).isEmpty();
    }

    @Test
    void tells_the_parts_of_a_name_apart() {
        assertThat(TaskId.named("ab", "c")).isNotEqualTo(TaskId.named("a", "bc"));
        assertThat(TaskId.named("a")).isNotEqualTo(TaskId.named("a", ""));
    }

    @Test
    void reads_what_it_wrote() {
        TaskId id = TaskId.create(NOW);

        assertThat(TaskId.parse(id.toString())).contains(id);
        assertThat(TaskId.parse(id.toString().toUpperCase(java.util.Locale.ROOT)))
                .contains(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "00000000-0000-4000-8000-00000000000",
                "00000000-0000-4000-8000-0000000000000",
                "00000000-0000-4000-8000-00000000000g",
                "0000000-00000-4000-8000-000000000000",
                "+0000000-0000-4000-8000-000000000000",
                "000000000000040008000000000000000000"
            })
    void reads_nothing_else(String text) {
        assertThat(TaskId.parse(text)).isEmpty();
    }

    private static UUID uuid(TaskId id) {
        return UUID.fromString(id.toString());
    }
}
