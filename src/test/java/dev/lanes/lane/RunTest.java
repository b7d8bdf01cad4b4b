package dev.lanes.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lanes.handler.BlockingHandler;
import dev.lanes.task.Outcome;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RunTest {
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void one_that_is_cancelled_before_it_begins_never_runs_and_gives_its_place_back_at_once() {
        AtomicInteger ran = new AtomicInteger();
        Run run = run((payload, context) -> ran.incrementAndGet());

        run.cancel("");
        run.runHere(timer);

        assertThat(ran).hasValue(0);
        assertThat(heard).containsExactly("CANCELLED cancelled before it ran", "left");
    }

    @Test
    void one_that_is_given_to_two_threads_runs_on_the_first_alone() {
        AtomicInteger ran = new AtomicInteger();
        Run run = run((payload, context) -> ran.incrementAndGet());

        assertThat(run.runHere(timer)).isTrue();
        assertThat(run.runHere(timer)).isFalse();

        assertThat(ran).hasValue(1);
        assertThat(heard).containsExactly("SUCCEEDED null", "left");
    }

    @Test
    void one_that_is_abandoned_before_it_begins_never_runs() {
        AtomicInteger ran = new AtomicInteger();
        Run run = run((payload, context) -> ran.incrementAndGet());

        run.abandon();
        run.runHere(timer);

        assertThat(ran).hasValue(0);
        assertThat(heard).containsExactly("left");
    }

    @Test
    void one_that_is_taken_back_before_it_begins_never_runs_and_has_no_end() {
        AtomicInteger ran = new AtomicInteger();
        Run run = run((payload, context) -> ran.incrementAndGet());

        assertThat(run.takeBack()).isTrue();
        run.cancel("");
        run.runHere(timer);

        assertThat(ran).hasValue(0);
        assertThat(heard).containsExactly("left");
    }

    @Test
    void one_that_has_begun_is_not_taken_back() {
        Run run = run((payload, context) -> null);
        run.runHere(timer);

        assertThat(run.takeBack()).isFalse();

        assertThat(heard).containsExactly("SUCCEEDED null", "left");
    }

    @Test
    void is_not_said_to_have_left_before_its_end_has_been_told() throws InterruptedException {
        CountDownLatch returns = new CountDownLatch(1);
        CountDownLatch telling = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        Run run = run(
                (payload, context) -> {
                    returns.await();
                    return null;
                },
                ending -> {
                    telling.countDown();
                    awaitUninterruptibly(told);
                });
        Thread runs = Thread.startVirtualThread(() -> run.runHere(timer));
        await().until(run::hasStarted);
        Thread stops = Thread.startVirtualThread(() -> run.timeOut(""));
        telling.await();

        returns.countDown();
        runs.join();

        assertThat(heard).isEmpty();
        told.countDown();
        stops.join();
        assertThat(heard).containsExactly("TIMED_OUT timed out after 60000 ms: its thread was interrupted", "left");
    }

    @Test
    void says_what_follows_where_an_interrupt_is_not_heeded() {
        Run run = run((payload, context) -> {
            Thread.sleep(60_000);
            return null;
        });
        Thread.startVirtualThread(() -> run.runHere(timer));
        await().until(run::hasStarted);

        run.cancel(", and so on");

        assertThat(heard).first().isEqualTo("CANCELLED cancelled: its thread was interrupted, and so on");
        await().until(() -> heard.contains("left"));
    }

    @Test
    void waits_for_nothing_that_a_handler_does_when_its_subscription_is_dropped() {
        CountDownLatch dropped = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        AtomicReference<Thread> droppedOn = new AtomicReference<>();
        Uni<?> work = Uni.createFrom().nothing().onCancellation().invoke(() -> {
            droppedOn.set(Thread.currentThread());
            dropped.countDown();
            awaitUninterruptibly(never);
        });
        Run run = Runs.nonBlocking(work, listener(ending -> {}));
        run.runOn(timer);

        run.timeOut("");

        assertThat(heard).containsExactly("TIMED_OUT timed out after 60000 ms: its subscription was dropped", "left");
        await().until(() -> dropped.getCount() == 0);
        assertThat(droppedOn.get()).isNotSameAs(Thread.currentThread());
        never.countDown();
    }

    @Test
    void ends_though_the_error_of_its_handler_cannot_be_read() {
        Run run = run((payload, context) -> {
            throw new IllegalStateException() {
                @Override
                public String getMessage() {
                    throw new AssertionError("no message");
                }
            };
        });

        run.runHere(timer);

        assertThat(heard).hasSize(2).last().isEqualTo("left");
        assertThat(heard.getFirst()).startsWith("FAILED");
    }

    /** Is never written. */
    public record Endless(CountDownLatch never) {
        public String getText() throws InterruptedException {
            never.await();
            return "late";
        }
    }

    @Test
    void can_be_stopped_while_its_result_is_written() {
        CountDownLatch never = new CountDownLatch(1);
        Run run = run((payload, context) -> new Endless(never));
        Thread.startVirtualThread(() -> run.runHere(timer));
        await().until(run::hasStarted);

        run.timeOut("");

        await().until(() -> heard.contains("left"));
        assertThat(heard).containsExactly("TIMED_OUT timed out after 60000 ms: its thread was interrupted", "left");
    }

    @Test
    void ends_as_failed_when_its_end_cannot_be_told() {
        AtomicInteger times = new AtomicInteger();
        Run run = run((payload, context) -> "well", ending -> {
            if (times.incrementAndGet() == 1) {
                throw new NoClassDefFoundError("com/example/Money");
            }
        });

        run.runHere(timer);

        assertThat(heard)
                .containsExactly("FAILED its end could not be told: NoClassDefFoundError: com/example/Money", "left");
    }

    @Test
    void leaves_its_place_even_when_its_end_can_never_be_told() {
        Run run = run((payload, context) -> "well", ending -> {
            throw new NoClassDefFoundError("com/example/Money");
        });

        assertThatThrownBy(() -> run.runHere(timer)).isInstanceOf(NoClassDefFoundError.class);

        assertThat(heard).containsExactly("left");
    }

    private Run run(BlockingHandler<Object> handler) {
        return run(handler, ending -> {});
    }

    private Run run(BlockingHandler<Object> handler, Consumer<Ending> first) {
        return Runs.blocking(handler, listener(first));
    }

    private Run.Listener listener(Consumer<Ending> first) {
        return new Run.Listener() {
            @Override
            public void ended(Run run, Ending ending) {
                first.accept(ending);
                heard.add(ending.outcome() + " " + ending.error());
                assertThat(ending.outcome() == Outcome.SUCCEEDED || ending.error() != null)
                        .isTrue();
            }

            @Override
            public void left(Run run) {
                heard.add("left");
            }
        };
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (System.nanoTime() < deadline) {
            try {
                if (latch.await(1, TimeUnit.SECONDS)) {
                    return;
                }
            } catch (InterruptedException goOn) {
                Thread.onSpinWait();
            }
        }
    }
}
