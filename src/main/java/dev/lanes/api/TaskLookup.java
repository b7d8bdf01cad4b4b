package dev.lanes.api;

import dev.lanes.ledger.Ledger;
import dev.lanes.ledger.TaskQuery;
import dev.lanes.ledger.TaskView;
import dev.lanes.pipeline.CancelRequests;
import dev.lanes.pipeline.Control;
import dev.lanes.task.TaskId;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Finds tasks, and waits for them: first until the ledger knows them, then until they end. */
@Singleton
final class TaskLookup {
    private static final Duration ARRIVAL = Duration.ofSeconds(2);

    private final Ledger ledger;
    private final CancelRequests cancels;
    private final Control control;

    TaskLookup(Ledger ledger, CancelRequests cancels, Control control) {
        this.ledger = ledger;
        this.cancels = cancels;
        this.control = control;
    }

    TaskQuery.Page list(TaskQuery query) {
        return ledger.list(query);
    }

    Uni<TaskBody> get(String text, int waitMs) {
        TaskId id = TaskId.parse(text).orElseThrow(() -> Refused.badRequest("id", "must be a UUID"));
        return known(id)
                .chain(task -> waitMs == 0 || task.state().finished()
                        ? Uni.createFrom().item(task)
                        : ended(task, Duration.ofMillis(waitMs)))
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(task -> TaskBody.of(ledger.withDetails(task)))
                .map(body -> cancels.requestedAt(id).map(body::cancelledAt).orElse(body));
    }

    Uni<TaskBody> cancel(String text) {
        TaskId id = TaskId.parse(text).orElseThrow(() -> Refused.badRequest("id", "must be a UUID"));
        return known(id)
                .invoke(task -> {
                    if (task.state().finished()) {
                        throw new Refused(409, "the task has ended: it is " + task.state(), null);
                    }
                })
                .chain(task -> Uni.createFrom()
                        .completionStage(() -> control.cancel(id))
                        .onFailure()
                        .transform(away -> new Refused(503, "Kafka does not answer; try again later", null))
                        .map(asked -> TaskBody.of(task).cancelledAt(Instant.now())));
    }

    private Uni<TaskView> known(TaskId id) {
        Optional<TaskView> task = ledger.find(id);
        return task.isPresent()
                ? Uni.createFrom().item(task.get())
                : Uni.createFrom()
                        .completionStage(ledger::caughtUpWithNow)
                        .ifNoItem()
                        .after(ARRIVAL)
                        .recoverWithUni(Uni.createFrom().voidItem())
                        .onFailure()
                        .transform(away -> new Refused(503, "Kafka does not answer; try again later", null))
                        .map(caughtUp -> ledger.find(id).orElseThrow(() -> unknown(id)));
    }

    /** Gone, when it can have been there; an id that is not of version 7 does not tell its time. */
    private Refused unknown(TaskId id) {
        boolean maybeGone = ledger.hasDropped()
                && id.time()
                        .map(made -> made.toEpochMilli() < ledger.heldSinceMillis())
                        .orElse(true);
        return maybeGone
                ? new Refused(
                        410, "the task is not among those that the ledger still keeps (lanes.ledger.window)", "id")
                : new Refused(404, "there is no such task", "id");
    }

    private Uni<TaskView> ended(TaskView task, Duration patience) {
        return Uni.createFrom()
                .completionStage(() -> ledger.end(task.id()))
                .ifNoItem()
                .after(patience)
                .recoverWithUni(Uni.createFrom().voidItem())
                .map(ended -> ledger.find(task.id()).orElse(task));
    }
}
