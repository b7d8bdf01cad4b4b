package dev.lanes.ledger;

import dev.lanes.task.TaskId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One redrive of many tasks: how far it is, and what could not be done. For any thread. */
public final class RedriveJob {
    /** Of each kind, in an answer. */
    private static final int MAX_NAMED = 100;

    private final TaskId id;
    private final int matched;
    private final List<TaskId> unknown;

    // All guarded by this.
    private State state = State.RUNNING;
    private int redriven;
    private int passedOver;
    private int refusedCount;
    private final List<Refusal> refused = new ArrayList<>();
    private @Nullable String error;

    /**
     * @param unknown the ids that were asked for, and of which there is no letter
     */
    RedriveJob(TaskId id, int matched, List<TaskId> unknown) {
        this.id = id;
        this.matched = matched;
        this.unknown = unknown;
    }

    /** Whether it goes on. */
    public enum State {
        RUNNING,
        DONE,
        STOPPED,
        FAILED
    }

    /** A task that cannot be redriven as asked; it stays dead. */
    public record Refusal(String id, String reason) {}

    /**
     * How far it is.
     *
     * @param passedOver how many somebody else redrove or discarded meanwhile
     * @param refused the first hundred of those that stay dead
     * @param unknown the first hundred of the ids of which there was no letter
     */
    public record Progress(
            String id,
            State state,
            int matched,
            int redriven,
            int passedOver,
            int refusedCount,
            List<Refusal> refused,
            int unknownCount,
            List<String> unknown,
            @Nullable String error) {}

    public TaskId id() {
        return id;
    }

    public synchronized Progress progress() {
        return new Progress(
                id.toString(),
                state,
                matched,
                redriven,
                passedOver,
                refusedCount,
                List.copyOf(refused),
                unknown.size(),
                named(unknown),
                error);
    }

    /** The first hundred. */
    public static List<String> named(List<TaskId> ids) {
        return ids.stream().limit(MAX_NAMED).map(TaskId::toString).toList();
    }

    /** Stops it after the task that it is at; false when it has ended. */
    public synchronized boolean stop() {
        boolean running = state == State.RUNNING;
        if (running) {
            state = State.STOPPED;
        }
        return running;
    }

    synchronized boolean stopped() {
        return state != State.RUNNING;
    }

    synchronized void redriven() {
        redriven++;
    }

    synchronized void passedOver() {
        passedOver++;
    }

    synchronized void refused(TaskId task, String reason) {
        refusedCount++;
        if (refused.size() < MAX_NAMED) {
            refused.add(new Refusal(task.toString(), reason));
        }
    }

    synchronized void end() {
        if (state == State.RUNNING) {
            state = State.DONE;
        }
    }

    synchronized void fail(String why) {
        state = State.FAILED;
        error = why;
    }
}
