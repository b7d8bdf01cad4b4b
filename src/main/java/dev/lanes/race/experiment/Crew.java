package dev.lanes.race.experiment;

import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/** Threads that do the same work side by side for a while, and count how much of it each got done. */
final class Crew {
    private Crew() {}

    /**
     * The units that all threads together got done.
     *
     * @param work repeats a unit of work until it is told that time is up, and answers how often; it is run once in
     *     each thread
     */
    static long units(int threads, Duration window, ToLongFunction<BooleanSupplier> work)
            throws InterruptedException, ExecutionException {
        CyclicBarrier start = new CyclicBarrier(threads);
        var tasks = IntStream.range(0, threads)
                .mapToObj(number -> new FutureTask<>(() -> together(start, window, work)))
                .toList();
        tasks.forEach(task -> Thread.ofPlatform().name("lanes-crew").daemon().start(task));
        long sum = 0;
        for (FutureTask<Long> task : tasks) {
            sum += task.get();
        }
        return sum;
    }

    private static long together(CyclicBarrier start, Duration window, ToLongFunction<BooleanSupplier> work)
            throws InterruptedException, BrokenBarrierException {
        start.await();
        long begin = System.nanoTime();
        return work.applyAsLong(() -> System.nanoTime() - begin < window.toNanos());
    }
}
