package dev.lanes.race.experiment;

import dev.lanes.race.Smaps;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.io.IOException;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Uses memory for what waits, and says how much. */
public final class MemoryMain {
    private static final int WARM_UP = 5;
    private static final int WARM_UPS = 5;

    private MemoryMain() {}

    /**
     * Prints what {@code args[1]} waiting ones of the kind {@code args[0]} (platform, virtual, uni) take, in bytes for
     * all: {@code heap}, what is live in it, and {@code pss}, by which the process has grown. For {@code idle} it
     * prints {@code pss} and {@code rss} of this process, which has done nothing.
     *
     * <p>The heap has to be of a fixed size and touched ({@code -Xms -Xmx -XX:+AlwaysPreTouch}): then whatever the
     * process grows by lies outside of it, and the two add up.
     */
    public static void main(String[] args) throws Exception {
        if (args[0].equals("idle")) {
            Smaps idle = Smaps.own();
            Answer.print(Map.of("pss", idle.pssBytes(), "rss", idle.rssBytes()));
            return;
        }
        // What is made once for all, such as classes, is there before it is measured.
        for (int time = 0; time < WARM_UPS; time++) {
            wait(args[0], WARM_UP);
        }
        Answer.print(wait(args[0], Integer.parseInt(args[1])));
    }

    private static Map<String, Long> wait(String kind, int count) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        long heapBefore = liveBytes();
        long pssBefore = Smaps.own().pssBytes();
        Object waiting = switch (kind) {
            case "platform" -> threads(Thread.ofPlatform(), count, end);
            case "virtual" -> threads(Thread.ofVirtual(), count, end);
            case "uni" -> unis(count);
            default -> throw new IllegalArgumentException(kind);
        };
        try {
            long heap = liveBytes() - heapBefore;
            long pss = Smaps.own().pssBytes() - pssBefore;
            return Map.of("heap", heap, "pss", pss);
        } finally {
            end.countDown();
            Reference.reachabilityFence(waiting);
        }
    }

    private static List<Thread> threads(Thread.Builder builder, int count, CountDownLatch end) throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            threads.add(builder.start(() -> {
                try {
                    end.await();
                } catch (InterruptedException enough) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        for (Thread thread : threads) {
            while (thread.getState() != Thread.State.WAITING) {
                Thread.sleep(1);
            }
        }
        return threads;
    }

    private static List<UniEmitter<? super Object>> unis(int count) {
        List<UniEmitter<? super Object>> emitters = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            Uni.createFrom().emitter(emitters::add).subscribe().with(item -> {});
        }
        return emitters;
    }

    /** Two collections: the first may leave what it has only found to be dead. */
    private static long liveBytes() throws IOException {
        System.gc();
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
