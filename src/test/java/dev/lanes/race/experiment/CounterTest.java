package dev.lanes.race.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CounterTest {
    static List<Counter> synchronised() {
        return List.of(new Counter.Synchronized(), new Counter.Atomic(), new Counter.Adder());
    }

    @ParameterizedTest
    @MethodSource("synchronised")
    void loses_no_updates_with_synchronisation(Counter counter) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int update = 0; update < 10_000; update++) {
                    counter.add();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(counter.sum()).isEqualTo(40_000);
    }
}
