package dev.lanes.pipeline;

import dev.lanes.handler.Handlers;
import dev.lanes.task.LaneName;
import dev.lanes.task.Task;
import dev.lanes.task.TaskId;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Gives dead tasks another life, or none. */
@Singleton
public final class Redrive {
    private final Intake intake;
    private final Handlers handlers;
    private final Admission admission;
    private final Outcomes outcomes;
    private final Topics topics;

    Redrive(Intake intake, Handlers handlers, Admission admission, Outcomes outcomes, Topics topics) {
        this.intake = intake;
        this.handlers = handlers;
        this.admission = admission;
        this.outcomes = outcomes;
        this.topics = topics;
    }

    /**
     * The task of a letter as it would be published again.
     *
     * @param to another lane; null for the one on which it died
     * @throws Malformed when it cannot be run: its record cannot be read, or its lane does not take it
     */
    public Task task(DeadLetter letter, @Nullable LaneName to) throws Malformed {
        if (letter.lane().isEmpty()) {
            throw new Malformed("", "its record did not lie in a lane's topic");
        }
        Task task = TaskJson.read(letter.original())
                .redriven(to == null ? letter.lane().get() : to);
        Optional<String> refusal = admission.refusal(task.type(), handlers.find(task.type()), task.lane());
        if (refusal.isPresent()) {
            throw new Malformed("lane", refusal.get());
        }
        return task;
    }

    /**
     * Publishes a dead task again, then takes its letter away. The future fails within 5 s, and the letter stays, when
     * Kafka is away.
     */
    public CompletableFuture<Void> publish(Task task) {
        return intake.publish(task).thenAccept(written -> {
            var unused = discard(task.id(), task.generation() - 1);
        });
    }

    /** Takes a letter away; the future ends when Kafka has it. */
    public CompletableFuture<Void> discard(TaskId id, int generation) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        outcomes.sendTombstone(topics.dead(), DeadLetter.key(id, generation), () -> written.complete(null));
        return written;
    }
}
