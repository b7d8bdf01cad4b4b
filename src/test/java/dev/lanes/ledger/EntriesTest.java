package dev.lanes.ledger;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.lanes.task.Attempt;
import dev.lanes.task.LaneName;
import dev.lanes.task.Outcome;
import dev.lanes.task.Place;
import dev.lanes.task.TaskId;
import dev.lanes.task.TaskState;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class EntriesTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00.123456789Z");
    private static final Place HERE = new Place("host", 17, "lanes-virtual-3", true);

    private final Entries entries = new Entries();

    @ParameterizedTest
    @MethodSource
    void gives_back_what_was_put(Entry entry) {
        entries.put(entry);

        assertThat(requireNonNull(entries.get(entry.id)))
                .usingRecursiveComparison()
                .isEqualTo(entry);
    }

    static List<Entry> gives_back_what_was_put() {
        Attempt succeeded = attempt(1, NOW, NOW.plusNanos(1), Outcome.SUCCEEDED, null);
        return List.of(
                entry(1),
                full(),
                with(succeeded),
                with(attempt(Integer.MAX_VALUE, NOW, null, null, null)),
                with(attempt(2, NOW, NOW, Outcome.LOST, "its process died")),
                with(attempt(1, Instant.MIN, Instant.MAX, Outcome.CANCELLED, null)),
                with(attempt(1, Instant.EPOCH.minusNanos(1), Instant.parse("2262-01-01T00:00:00Z"), null, null)),
                with(succeeded, attempt(2, NOW, NOW, Outcome.TIMED_OUT, null)));
    }

    @Test
    void gives_copies() {
        entries.put(entry(1));

        requireNonNull(entries.get(entry(1).id)).state = TaskState.DEAD;

        assertThat(requireNonNull(entries.get(entry(1).id)).state).isEqualTo(TaskState.QUEUED);
    }

    @Test
    void forgets_what_a_row_held_before() {
        entries.put(full());
        entries.remove(full().id);

        entries.put(entry(2));

        assertThat(requireNonNull(entries.get(entry(2).id)))
                .usingRecursiveComparison()
                .isEqualTo(entry(2));
    }

    /** The same steps as with a map of objects. */
    @Test
    void keeps_what_is_put_until_it_is_removed() {
        Map<TaskId, Long> expected = new LinkedHashMap<>();
        Random random = new Random(17);
        for (int step = 0; step < 200_000; step++) {
            // It grows to some twenty pages, shrinks to none, and grows again.
            boolean grows = step / 50_000 % 2 == 0;
            Entry entry = entry(random.nextInt(40_000));
            if (random.nextInt(10) < (grows ? 9 : 1)) {
                entry.submittedMicros = step;
                entries.put(entry);
                expected.put(entry.id, (long) step);
            } else {
                TaskId gone = grows
                        ? entry.id
                        : expected.keySet().stream().findFirst().orElse(entry.id);
                entries.remove(gone);
                expected.remove(gone);
            }
            TaskId any = entry(random.nextInt(40_000)).id;
            Optional<Long> found = Optional.ofNullable(entries.get(any)).map(known -> known.submittedMicros);
            if (!found.equals(Optional.ofNullable(expected.get(any)))) {
                fail("in step %d, %s is found as %s", step, any, found);
            }
        }
        assertThat(entries.size()).isEqualTo(expected.size());
        Map<TaskId, Long> all = new HashMap<>();
        entries.all().forEach(entry -> all.put(entry.id, entry.submittedMicros));
        assertThat(all).isEqualTo(expected);
    }

    @Test
    void is_empty_once_cleared() {
        entries.put(entry(1));

        entries.clear();

        assertThat(entries.all()).isEmpty();
        assertThat(Optional.ofNullable(entries.get(entry(1).id))).isEmpty();
    }

    private static Entry entry(int number) {
        return new Entry(new TaskId(0x7000L | number, ~number), "noop", LaneName.REACTIVE);
    }

    private static Entry full() {
        Entry entry = entry(3);
        entry.key = "key";
        entry.batch = "batch";
        entry.state = TaskState.CANCELLED;
        entry.submittedMicros = -1;
        entry.notBeforeMicros = 2;
        entry.finishedMicros = 3;
        entry.generation = Integer.MAX_VALUE;
        entry.published = true;
        entry.countedAsPublished = true;
        entry.counted = true;
        entry.recordMillis = 4;
        entry.taskAt = 5;
        entry.scheduledAt = 6;
        entry.outcomeAt = 7;
        entry.taskGeneration = -8;
        entry.attempts = List.of(attempt(2, NOW, NOW, Outcome.FAILED, "no"));
        entry.earlier = List.of(attempt(1, NOW, NOW, Outcome.LOST, null));
        entry.endsToCome = 9;
        return entry;
    }

    private static Entry with(Attempt... attempts) {
        Entry entry = entry(4);
        entry.attempts = List.of(attempts);
        return entry;
    }

    private static Attempt attempt(
            int number, Instant start, @Nullable Instant end, @Nullable Outcome outcome, @Nullable String error) {
        return new Attempt(number, LaneName.PROCESS, HERE, start, end, outcome, error);
    }
}
