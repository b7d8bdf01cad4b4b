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

    private final Intake intake;
    private final Ledger ledger;

    BatchPublishing(Intake intake, Ledger ledger) {
        this.intake = intake;
        this.ledger = ledger;
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
        Lines lines = new Lines(body, Publishing.MAX_TASK_BYTES);
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
        private final AtomicLong failed = new AtomicLong();
        private final List<Rejected> rejected = new ArrayList<>();
        private long rejectedCount;
        private long sent;

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
                    reject(lines.number(), "is too long: at most " + Publishing.MAX_TASK_BYTES + " bytes");
                    return;
                }
                Intake.BatchLine line = new Intake.BatchLine(batch, lines.number());
                send(intake.check(lines.bytes(), 0, lines.length(), line));
            } catch (Malformed wrong) {
                if (lines.last() && !lines.terminated() && wrong.field().isEmpty()) {
                    throw new IOException("the last line has no end");
                }
                reject(lines.number(), wrong.line());
            }
        }

        private void reject(long line, String reason) {
            rejectedCount++;
            if (rejected.size() < MAX_REPORTED) {
                rejected.add(new Rejected(line, reason));
            }
        }

        private void send(Intake.Checked checked) {
            if (maybeSentBefore && ledger.find(checked.task().id()).isPresent()) {
                sent++;
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
            sent++;
        }

        private boolean room(int permits) {
            try {
                return onTheWay.tryAcquire(permits, PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        /** Waits until Kafka has all that was sent; a problem when it does not take it. */
        void awaitAll() {
            boolean all = room(MAX_ON_THE_WAY);
            if (!all || failed.get() > 0) {
                throw away(soFar(), batch);
            }
            onTheWay.release(MAX_ON_THE_WAY);
        }

        String soFar() {
            return (sent - failed.get()) + " tasks of the batch " + batch + " were taken before";
        }

        Answer answer() {
            return new Answer(batch, sent, rejectedCount, rejected);
        }
    }
}
