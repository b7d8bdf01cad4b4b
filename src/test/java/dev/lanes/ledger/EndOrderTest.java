package dev.lanes.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.task.TaskId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class EndOrderTest {
    private record End(long micros, TaskId id) {}

    @Test
    void gives_the_earliest_first_and_of_those_the_smallest_id() {
        EndOrder order = new EndOrder();
        List<End> ends = new ArrayList<>();
        Random random = new Random(17);
        for (int end = 0; end < 5000; end++) {
            // Few times and ids, and some of them negative, so that many are the same.
            ends.add(new End(random.nextInt(-50, 50), new TaskId(random.nextInt(-3, 3), random.nextInt(-3, 3))));
        }
        ends.forEach(end -> order.add(end.micros(), end.id()));

        List<End> taken = new ArrayList<>();
        while (!order.isEmpty()) {
            taken.add(new End(order.earliestMicros(), order.remove()));
        }

        ends.sort(Comparator.comparingLong(End::micros).thenComparing(End::id));
        assertThat(taken).isEqualTo(ends);
    }
}
