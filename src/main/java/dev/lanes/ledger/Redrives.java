package dev.lanes.ledger;

import dev.lanes.pipeline.DeadLetter;
import dev.lanes.pipeline.Malformed;
import dev.lanes.pipeline.Redrive;
import dev.lanes.task.LaneName;
import dev.lanes.task.TaskId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Gives dead tasks back to their lanes, many at a time, at a rate. Those of the last redrives can be looked at. */
@Singleton
public final class Redrives {
    private static final Logger LOG = Logger.getLogger(Redrives.class);
    private static final int KEPT = 100;
    /** In which letters are quick to read. */
    private static final Comparator<DeadView> BY_PLACE = Comparator.comparingInt(
                    (DeadView letter) -> letter.partition().partition())
            .thenComparingLong(DeadView::offset);

    private static final long PATIENCE_SECONDS = 5;

    private final DeadLetters letters;
    private final Redrive redrive;
    /** Guarded by itself; the oldest first. */
    private final Map<TaskId, RedriveJob> jobs = new LinkedHashMap<>();

    Redrives(DeadLetters letters, Redrive redrive) {
        this.letters = letters;
        this.redrive = redrive;
    }

    /**
     * Begins to redrive tasks; letters that another redrive has taken meanwhile are passed over.
     *
     * @param unknown ids that were asked for in vain, to be told with the rest
     * @param to another lane; null for the one on which each died
     * @param perSecond how many at most; 0 for as fast as Kafka takes them
     */
    public RedriveJob start(List<DeadView> tasks, List<TaskId> unknown, @Nullable LaneName to, int perSecond) {
        RedriveJob job = new RedriveJob(TaskId.create(Instant.now()), tasks.size(), unknown);
        synchronized (jobs) {
            jobs.put(job.id(), job);
            if (jobs.size() > KEPT) {
                jobs.remove(jobs.keySet().iterator().next());
            }
        }
        List<DeadView> asTheyLie = tasks.stream().sorted(BY_PLACE).toList();
        Thread.ofVirtual().name("lanes-redrive").start(() -> run(job, asTheyLie, to, perSecond));
        return job;
    }

    /** A redrive that has been started on this instance; empty when it is not among the last hundred. */
    public Optional<RedriveJob> find(TaskId id) {
        synchronized (jobs) {
            return Optional.ofNullable(jobs.get(id));
        }
    }

    /**
     * Takes letters away for good; returns how many were still there.
     *
     * @throws KafkaAway when Kafka does not answer within 5 s: they go once it does
     */
    public int discard(List<DeadView> tasks) {
        List<CompletableFuture<Void>> written = tasks.stream()
                .filter(letters::take)
                .map(letter -> redrive.discard(letter.id(), letter.generation()))
                .toList();
        try {
            CompletableFuture.allOf(written.toArray(CompletableFuture[]::new)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException away) {
            throw new KafkaAway(away);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new KafkaAway(stop);
        }
        return written.size();
    }

    private void run(RedriveJob job, List<DeadView> tasks, @Nullable LaneName to, int perSecond) {
        long start = System.nanoTime();
        try {
            for (int number = 0; number < tasks.size() && !job.stopped(); number++) {
                if (perSecond > 0) {
                    awaitTime(start + TimeUnit.SECONDS.toNanos(number) / perSecond, job);
                }
                one(tasks.get(number), to, job);
            }
            job.end();
        } catch (RuntimeException broken) {
            LOG.warnf(broken, "the redrive %s broke off", job.id());
            job.fail("Kafka does not answer: redrive the rest once it is back");
        }
    }

    private void one(DeadView view, @Nullable LaneName to, RedriveJob job) {
        if (!letters.take(view)) {
            job.passedOver();
            return;
        }
        try {
            redrive.redrive(open(view), to).join();
            job.redriven();
        } catch (Malformed cannotRun) {
            letters.putBack(view);
            job.refused(view.id(), cannotRun.line());
        } catch (RuntimeException away) {
            letters.putBack(view);
            throw away;
        }
    }

    private DeadLetter open(DeadView view) {
        return letters.open(view)
                .orElseThrow(() -> new KafkaException("the letter of " + view.id() + " cannot be read"));
    }

    private static void awaitTime(long nanos, RedriveJob job) {
        for (long left = nanos - System.nanoTime(); left > 0 && !job.stopped(); left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(100)));
        }
    }
}
