package dev.lanes.ledger;

import dev.lanes.task.TaskId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Those who wait for the end of a task. */
final class Waiters {
    private final Map<TaskId, List<CompletableFuture<Void>>> byTask = new ConcurrentHashMap<>();

    CompletableFuture<Void> add(TaskId id) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        byTask.compute(id, (same, waiting) -> {
            List<CompletableFuture<Void>> all = waiting == null ? new CopyOnWriteArrayList<>() : waiting;
            all.add(end);
            return all;
        });
        end.whenComplete((done, cancelled) -> byTask.computeIfPresent(id, (same, waiting) -> {
            waiting.remove(end);
            return waiting.isEmpty() ? null : waiting;
        }));
        return end;
    }

    boolean waitFor(TaskId id) {
        return !byTask.isEmpty() && byTask.containsKey(id);
    }

    void ended(TaskId id) {
        List<CompletableFuture<Void>> waiting = byTask.get(id);
        if (waiting != null) {
            List.copyOf(waiting).forEach(end -> end.complete(null));
        }
    }
}
