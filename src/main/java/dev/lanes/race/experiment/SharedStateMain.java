package dev.lanes.race.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Adds to counters, from many threads and from an event loop, and says how many updates were lost. */
public final class SharedStateMain {
    private static final int COROUTINES = 100;
    /** A loop makes so many times fewer updates: each is a turn, which takes longer. */
    static final int LOOP_PART = 10;

    private static final int WARM_UP_PART = 10;

    private SharedStateMain() {}

    /** What came of one counter. */
    private record Outcome(long lost, double nanosEach) {}

    /**
     * Prints for each counter, as {@code <name>Lost} and {@code <name>Nanos}, the updates lost and the wall time of
     * each, when {@code args[0]} threads together make {@code args[1]} updates. With {@code plain} as {@code args[2]}
     * it tries the plain counter alone.
     */
    public static void main(String[] args) throws Exception {
        int threads = Integer.parseInt(args[0]);
        int updates = Integer.parseInt(args[1]);
        Map<String, Number> answer = new TreeMap<>();
        put(answer, "plain", counted(threads, updates, Counter.Plain::new));
        if (args.length == 2) {
            put(answer, "volatile", counted(threads, updates, Counter.Volatile::new));
            put(answer, "synchronized", counted(threads, updates, Counter.Synchronized::new));
            put(answer, "atomic", counted(threads, updates, Counter.Atomic::new));
            put(answer, "adder", counted(threads, updates, Counter.Adder::new));
            put(answer, "loop", onLoop(updates / LOOP_PART / COROUTINES, LoopCounter::addInOneTurn));
            put(answer, "yieldingLoop", onLoop(updates / LOOP_PART / COROUTINES, LoopCounter::addInTwoTurns));
        }
        Answer.print(answer);
    }

    private static void put(Map<String, Number> answer, String name, Outcome outcome) {
        answer.put(name + "Lost", outcome.lost());
        answer.put(name + "Nanos", outcome.nanosEach());
    }

    private static Outcome counted(int threads, int updates, Supplier<Counter> counters) throws Exception {
        int each = updates / threads;
        add(threads, each / WARM_UP_PART, counters.get());
        return add(threads, each, counters.get());
    }

    private static Outcome add(int threads, int updatesEach, Counter counter) throws Exception {
        CyclicBarrier start = new CyclicBarrier(threads);
        var tasks = IntStream.range(0, threads)
                .mapToObj(number -> new FutureTask<>(() -> add(start, updatesEach, counter)))
                .toList();
        tasks.forEach(task -> Thread.ofPlatform().daemon().start(task));
        List<Span> spans = new ArrayList<>();
        for (FutureTask<Span> task : tasks) {
            spans.add(task.get());
        }
        long updates = (long) threads * updatesEach;
        return new Outcome(updates - counter.sum(), Span.around(spans).nanos() / (double) updates);
    }

    private static Span add(CyclicBarrier start, int updates, Counter counter) throws Exception {
        start.await();
        long began = System.nanoTime();
        for (int update = 0; update < updates; update++) {
            counter.add();
        }
        return new Span(began, System.nanoTime());
    }

    /** When a thread was at work, as it says itself: who waits for it may hear of its beginning late. */
    private record Span(long began, long ended) {
        static Span around(List<Span> spans) {
            return new Span(
                    spans.stream().mapToLong(Span::began).min().orElseThrow(),
                    spans.stream().mapToLong(Span::ended).max().orElseThrow());
        }

        long nanos() {
            return ended - began;
        }
    }

    private static Outcome onLoop(int updatesEach, ObjIntConsumer<LoopCounter> coroutine) throws Exception {
        try (ExecutorService loop = Executors.newSingleThreadExecutor()) {
            LoopCounter counter = new LoopCounter(loop, COROUTINES);
            long began = System.nanoTime();
            for (int number = 0; number < COROUTINES; number++) {
                coroutine.accept(counter, updatesEach);
            }
            counter.running().await();
            long updates = (long) COROUTINES * updatesEach;
            return new Outcome(updates - counter.sum(), (System.nanoTime() - began) / (double) updates);
        }
    }
}
