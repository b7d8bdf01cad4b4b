package dev.lanes.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SlotsTest {
    private static final Set<Thread.State> WAITS = EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

    @Test
    void lets_some_wait_beyond_those_in_flight() throws Exception {
        Slots slots = new Slots(2, 2, 3);

        for (int task = 0; task < 5; task++) {
            int unused = slots.take();
        }

        assertThat(slots.inFlight()).isEqualTo(2);
        assertThat(slots.takeIfFree()).isEqualTo(Slots.NONE);
        assertThat(slots.awaitRoom(1, Duration.ZERO)).isFalse();
    }

    @Test
    void gives_a_single_place_to_who_waits_although_it_would_rather_give_several() throws Exception {
        Slots slots = full(16);
        CompletableFuture<Integer> waiting = taking(slots);

        slots.release(3);

        await().until(waiting::isDone);
        assertThat(waiting.join()).isEqualTo(3);
    }

    @Test
    void forgets_none_of_several_who_wait() throws Exception {
        Slots slots = full(16);
        List<CompletableFuture<Integer>> waiting = List.of(taking(slots), taking(slots), taking(slots));

        slots.release(1);
        slots.release(2);
        slots.release(3);

        await().until(() -> waiting.stream().allMatch(CompletableFuture::isDone));
        assertThat(waiting.stream().map(CompletableFuture::join)).containsExactlyInAnyOrder(1, 2, 3);
    }

    @Test
    void lets_who_waits_go_on_when_there_are_more_places() throws Exception {
        Slots slots = new Slots(1, 4, 0);
        int unused = slots.take();
        CompletableFuture<Integer> waiting = taking(slots);

        slots.resize(2);

        await().until(waiting::isDone);
        assertThat(slots.inFlight()).isEqualTo(2);
    }

    private static Slots full(int size) throws InterruptedException {
        Slots slots = new Slots(size, size, 0);
        for (int task = 0; task < size; task++) {
            int unused = slots.take();
        }
        return slots;
    }

    /** Of a thread that waits by now. */
    private static CompletableFuture<Integer> taking(Slots slots) {
        CompletableFuture<Integer> taken = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().daemon().start(() -> {
            try {
                taken.complete(slots.take());
            } catch (InterruptedException stop) {
                taken.completeExceptionally(stop);
            }
        });
        await().until(() -> WAITS.contains(thread.getState()));
        return taken;
    }
}
