package dev.lanes.race.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InterpreterLockTest {
    private static final Duration AT_ONCE = Duration.ofNanos(1);
    private static final Duration NEVER = Duration.ofDays(1);

    @Test
    void lets_one_thread_at_a_time_compute() throws Exception {
        InterpreterLock lock = new InterpreterLock(AT_ONCE);
        AtomicInteger inside = new AtomicInteger();
        AtomicBoolean crowded = new AtomicBoolean();

        together(4, () -> {
            for (int step = 0; step < 2_000; step++) {
                lock.take();
                crowded.compareAndSet(false, inside.incrementAndGet() > 1);
                inside.decrementAndGet();
                lock.offer();
                crowded.compareAndSet(false, inside.incrementAndGet() > 1);
                inside.decrementAndGet();
                lock.release();
            }
        });

        assertThat(crowded).isFalse();
    }

    @Test
    void hands_over_to_one_who_has_waited_for_an_interval_while_the_holder_computes() throws Exception {
        InterpreterLock lock = new InterpreterLock(AT_ONCE);
        AtomicBoolean had = new AtomicBoolean();
        lock.take();

        FutureTask<Void> waiter = started(() -> {
            lock.take();
            had.set(true);
            lock.release();
        });
        while (!had.get()) {
            lock.offer();
        }

        waiter.get();
        assertThat(lock.switches()).isEqualTo(3);
        lock.release();
    }

    @Test
    void goes_on_computing_while_nobody_asks() {
        InterpreterLock lock = new InterpreterLock(AT_ONCE);
        lock.take();

        for (int step = 0; step < 1_000; step++) {
            lock.offer();
        }

        assertThat(lock.switches()).isEqualTo(1);
        lock.release();
    }

    @Test
    void goes_to_one_who_waits_as_soon_as_it_is_released() throws Exception {
        InterpreterLock lock = new InterpreterLock(NEVER);
        lock.take();

        FutureTask<Void> waiter = started(() -> {
            lock.take();
            lock.release();
        });
        lock.release();

        waiter.get();
        assertThat(lock.switches()).isEqualTo(2);
    }

    @Test
    void is_released_by_its_holder_only() throws Exception {
        InterpreterLock lock = new InterpreterLock(NEVER);
        FutureTask<Void> holder = started(lock::take);
        holder.get();

        assertThatThrownBy(lock::release).isInstanceOf(IllegalMonitorStateException.class);
    }

    private static void together(int threads, Runnable work) throws Exception {
        List<FutureTask<Void>> all =
                IntStream.range(0, threads).mapToObj(number -> started(work)).toList();
        for (FutureTask<Void> one : all) {
            one.get();
        }
    }

    private static FutureTask<Void> started(Runnable work) {
        FutureTask<Void> task = new FutureTask<>(work, null);
        Thread.ofPlatform().daemon().start(task);
        return task;
    }
}
