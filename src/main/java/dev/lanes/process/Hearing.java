package dev.lanes.process;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;

/**
 * When each process was last heard of. Who has not listened for a while, as this process was frozen, or could not, as
 * Kafka was away, does not take that for the silence of others. For one thread.
 */
final class Hearing {
    private static final Duration INATTENTION = Duration.ofSeconds(5);

    private final LongSupplier nanoTime;
    private final Map<Long, Long> heardAtNanos = new HashMap<>();
    private long listenedAtNanos;

    Hearing(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.listenedAtNanos = nanoTime.getAsLong();
    }

    /** To be called every second with those that are heard. */
    void hears(Collection<Long> pids) {
        long now = nanoTime.getAsLong();
        if (now - listenedAtNanos > INATTENTION.toNanos()) {
            hearsNobody();
        }
        listenedAtNanos = now;
        pids.forEach(pid -> heardAtNanos.put(pid, now));
    }

    /** Nobody can be heard now. */
    void hearsNobody() {
        long now = nanoTime.getAsLong();
        listenedAtNanos = now;
        heardAtNanos.replaceAll((pid, heardAt) -> now);
    }

    /** For how long a process had said nothing when it was last listened for; zero for one that has never been heard of. */
    Duration silence(long pid) {
        Long heardAt = heardAtNanos.get(pid);
        return heardAt == null ? Duration.ZERO : Duration.ofNanos(listenedAtNanos - heardAt);
    }

    void forgetIf(LongPredicate gone) {
        heardAtNanos.keySet().removeIf(gone::test);
    }
}
