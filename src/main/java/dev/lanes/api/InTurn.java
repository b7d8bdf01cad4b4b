package dev.lanes.api;

import dev.lanes.task.TaskId;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Has what concerns one task done one after the other, within this process. */
final class InTurn {
    private static final CompletableFuture<Void> FREE = CompletableFuture.completedFuture(null);

    /** What came last of those that are not done; it never fails. */
    private final ConcurrentMap<TaskId, CompletableFuture<Void>> last = new ConcurrentHashMap<>();

    /**
     * Does some work when all is done that came before it for the same task. Once begun it is finished, though nobody
     * may wait for it any more, and the next has to.
     *
     * @param patience how long it waits for its turn; then it fails with a {@link TimeoutException}, and is never begun
     */
    <T> Uni<T> run(TaskId task, Duration patience, Supplier<Uni<T>> work) {
        return Uni.createFrom().completionStage(() -> {
            CompletableFuture<Void> done = new CompletableFuture<>();
            CompletableFuture<Void> before = Objects.requireNonNullElse(last.put(task, done), FREE);
            CompletableFuture<T> result = before.copy()
                    .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .thenCompose(myTurn -> work.get().subscribeAsCompletionStage());
            var unused = CompletableFuture.allOf(before, result).whenComplete((nothing, failure) -> {
                last.remove(task, done);
                done.complete(null);
            });
            // Whoever stops waiting cancels the copy.
            return result.copy();
        });
    }

    /** Whether nothing is under way. */
    boolean isIdle() {
        return last.isEmpty();
    }
}
