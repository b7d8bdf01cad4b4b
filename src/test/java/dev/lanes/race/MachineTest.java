package dev.lanes.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class MachineTest {
    @Test
    void gives_itself_to_one_at_a_time_in_the_order_in_which_they_came() throws Exception {
        Machine machine = new Machine();
        CountDownLatch hold = new CountDownLatch(1);
        List<String> said = new CopyOnWriteArrayList<>();
        Future<?> first = machine.whenFree(() -> {
            said.add("first begins");
            awaitQuietly(hold);
            said.add("first ends");
        });
        Future<?> second = machine.whenFree(() -> said.add("second"));
        Future<?> third = machine.whenFree(() -> said.add("third"));

        hold.countDown();

        third.get(1, TimeUnit.MINUTES);
        assertThat(said).containsExactly("first begins", "first ends", "second", "third");
        assertThat(first.isDone() && second.isDone()).isTrue();
        machine.stop(null);
    }

    private static void awaitQuietly(CountDownLatch hold) {
        try {
            hold.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
