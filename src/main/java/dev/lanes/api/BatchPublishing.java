package dev.lanes.api;

import dev.lanes.ledger.Ledger;
import dev.lanes.pipeline.Intake;
import dev.lanes.pipeline.Malformed;
import dev.lanes.task.TaskId;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Publishes a stream of tasks in bounded memory: it reads on only as fast as Kafka takes them. */
@Singleton
final class BatchPublishing {
    private static final int MAX_ON_THE_WAY = 4000;
    private static final int MAX_REPORTED = 100;
    private static final int MAX_NAME_CHARS = 100;
    private static final long PATIENCE_SECONDS = 5;
    /** Of those with keys of their own; each asks what Kafka holds. */
    private static final int MAX_ONCE_ON_THE_WAY = 64;
    /** With one of them, which may wait for its turn. */
    private static final long ONCE_PATIENCE_SECONDS = 20;

    private static final int CONFLICT = 409;

    private final Intake intake;
    private final Ledger ledger;
    private final Publishing publishing;

    BatchPublishing(Intake intake, Ledger ledger, Publishing publishing) {
        this.intake = intake;
        this.ledger = ledger;
        this.publishing = publishing;
    }

    /** What became of a batch; of the lines that were not taken, the first hundred are named. */
    public record Answer(String batch, long accepted, long rejectedCount, List<Rejected> rejected) {}

    /** A line that was not taken, counted from 1. */
    public record Rejected(long line, String reason) {}

    Response publish(Optional<String> name, InputStream body) {
        name.filter(given -> given.isBlank() || given.length() > MAX_NAME_CHARS).ifPresent(given -> {
            throw Refused.badRequest("X-Batch-Id", "must have 1 to " + MAX_NAME_CHARS + " characters");
        });
        name.ifPresent(this::awaitWhatWasSentBefore);
        Sending sending =
                new Sending(name.orElseGet(() -> TaskId.create(Instant.now()).toString()), name.isPresent());
        Lines lines = new Lines(body, SubmittedTask.MAX_BYTES);
        try {
            while (lines.next()) {
                sending.take(lines);
            }
        } catch (IOException cut) {
            sending.awaitAll();
            throw new Refused(400, "the body was cut in line " + lines.number() + "; " + sending.soFar(), null);
        }
        sending.awaitAll();
        return Response.ok(sending.answer()).build();
    }

    /** What the ledger has not read yet would be sent, and run, once more. */
    private void awaitWhatWasSentBefore(String batch) {
        try {
            ledger.caughtUpWithNow().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException away) {
            throw away("nothing was taken", batch);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw away("nothing was taken", batch);
        }
    }

    private static Refused away(String soFar, String batch) {
        return new Refused(
                503,
                "Kafka does not answer; " + soFar + "; send the batch again with X-Batch-Id: " + batch
                        + " to complete it without doubling anything",
                null);
    }

    /** One batch on its way. */
    private final class Sending {
        private final String batch;
        private final boolean maybeSentBefore;
        private final Semaphore onTheWay = new Semaphore(MAX_ON_THE_WAY);
        private final Semaphore onceOnTheWay = new Semaphore(MAX_ONCE_ON_THE_WAY);
        private final AtomicLong sent = new AtomicLong();
        private final AtomicLong failed = new AtomicLong();
        /** Guarded by this, as is what follows. */
        private final List<Rejected> rejected = new ArrayList<>();

        private long rejectedCount;

        Sending(String batch, boolean maybeSentBefore) {
            this.batch = batch;
            this.maybeSentBefore = maybeSentBefore;
        }

        void take(Lines lines) throws IOException {
            if (lines.blank()) {
                return;
            }
            try {
                if (lines.tooLong()) {
                    reject(lines.number(), "is too long: at most " + SubmittedTask.MAX_BYTES + " bytes");
                    return;
                }
                Intake.BatchLine line = new Intake.BatchLine(batch, lines.number());
                Intake.Checked checked = intake.check(lines.bytes(), 0, lines.length(), line);
                if (checked.idempotent()) {
                    // It is encoded after the next line has been read over this one.
                    byte[] kept = Arrays.copyOf(lines.bytes(), lines.length());
                    sendOnce(intake.check(kept, 0, kept.length, line), line.number());
                } else {
                    send(checked);
                }
            } catch (Malformed wrong) {
                if (lines.last() && !lines.terminated() && wrong.field().isEmpty()) {
                    throw new IOException("the last line has no end");
                }
                reject(lines.number(), wrong.line());
            }
        }

        private synchronized void reject(long line, String reason) {
            rejectedCount++;
            if (rejected.size() < MAX_REPORTED) {
                rejected.add(new Rejected(line, reason));
            }
        }

        private void send(Intake.Checked checked) {
            if (maybeSentBefore && ledger.find(checked.task().id()).isPresent()) {
                sent.incrementAndGet();
                return;
            }
            if (failed.get() > 0 || !room(1)) {
                awaitAll();
            }
            intake.publish(checked.task()).whenComplete((written, failure) -> {
                if (failure != null) {
                    failed.incrementAndGet();
                }
                onTheWay.release();
            });
            sent.incrementAndGet();
        }

        /** One with a key of its own, as if it came alone. */
        private void sendOnce(Intake.Checked checked, long line) {
            if (failed.get() > 0 || !acquire(onceOnTheWay, 1, ONCE_PATIENCE_SECONDS)) {
                awaitAll();
            }
            sent.incrementAndGet();
            publishing.publishOnce(checked).subscribe().with(answer -> onceOnTheWay.release(), failure -> {
                if (failure instanceof Refused refused && refused.status() == CONFLICT) {
                    sent.decrementAndGet();
                    reject(line, refused.field() + ": " + refused.getMessage());
                } else {
                    failed.incrementAndGet();
                }
                onceOnTheWay.release();
            });
        }

        private boolean room(int permits) {
            return acquire(onTheWay, permits, PATIENCE_SECONDS);
        }

        private static boolean acquire(Semaphore semaphore, int permits, long seconds) {
            try {
                return semaphore.tryAcquire(permits, seconds, TimeUnit.SECONDS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        /** Waits until Kafka has all that was sent; a problem when it does not take it. */
        void awaitAll() {
            boolean all = room(MAX_ON_THE_WAY) && acquire(onceOnTheWay, MAX_ONCE_ON_THE_WAY, ONCE_PATIENCE_SECONDS);
            if (!all || failed.get() > 0) {
                throw away(soFar(), batch);
            }
            onTheWay.release(MAX_ON_THE_WAY);
            onceOnTheWay.release(MAX_ONCE_ON_THE_WAY);
        }

        String soFar() {
            return (sent.get() - failed.get()) + " tasks of the batch " + batch + " were taken before";
        }

        synchronized Answer answer() {
            rejected.sort(Comparator.comparingLong(Rejected::line));
            return new Answer(batch, sent.get(), rejectedCount, rejected);
        }
    }
}
