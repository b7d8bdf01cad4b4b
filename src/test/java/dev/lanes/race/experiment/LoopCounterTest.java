package dev.lanes.race.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class LoopCounterTest {
    private final Queue<Runnable> turns = new ArrayDeque<>();
    private final LoopCounter counter = new LoopCounter(turns::add, 3);

    @Test
    void loses_nothing_without_a_lock_when_it_reads_and_writes_in_one_turn() {
        for (int coroutine = 0; coroutine < 3; coroutine++) {
            counter.addInOneTurn(10);
        }

        runLoop();

        assertThat(counter.sum()).isEqualTo(30);
        assertThat(counter.running().getCount()).isZero();
    }

    @Test
    void loses_updates_when_it_yields_between_read_and_write() {
        for (int coroutine = 0; coroutine < 3; coroutine++) {
            counter.addInTwoTurns(10);
        }

        runLoop();

        assertThat(counter.sum()).isEqualTo(10);
        assertThat(counter.running().getCount()).isZero();
    }

    @Test
    void loses_nothing_when_it_yields_with_nobody_else_on_the_loop() {
        counter.addInTwoTurns(10);

        runLoop();

        assertThat(counter.sum()).isEqualTo(10);
    }

    private void runLoop() {
        for (Runnable turn = turns.poll(); turn != null; turn = turns.poll()) {
            turn.run();
        }
    }
}
