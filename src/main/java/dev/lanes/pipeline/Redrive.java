package dev.lanes.pipeline;

import dev.lanes.handler.Handlers;
import dev.lanes.task.LaneName;
import dev.lanes.task.Task;
import dev.lanes.task.TaskId;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Gives dead tasks another life, or none. */
@Singleton
public final class Redrive {
    private static final String OUR_HEADERS = "lanes-";

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
     * Publishes a dead task again, then takes its letter away. The future fails within 5 s, and the letter stays, when
     * Kafka is away.
     *
     * @param to another lane; null for the one on which it died
     * @throws Malformed when it cannot be run: its record cannot be read, or its lane does not take it
     */
    public CompletableFuture<Void> redrive(DeadLetter letter, @Nullable LaneName to) throws Malformed {
        Task task = task(letter, to);
        return intake.publish(record(letter, task, topics)).thenAccept(written -> {
            var unused = discard(task.id(), task.generation() - 1);
        });
    }

    private Task task(DeadLetter letter, @Nullable LaneName to) throws Malformed {
        if (letter.lane().isEmpty()) {
            throw new Malformed("", "its record did not lie in a lane's topic");
        }
        Task task = TaskJson.read(letter.original())
                .redriven(to == null ? letter.lane().get() : to);
        Optional<String> refusal = admission.refusal(task.type(), handlers.find(task.type()), task.lane());
        if (refusal.isPresent()) {
            throw new Malformed("lane", refusal.get());
        }
        if (task.orderedBy() != null && !admission.keepsOrder(task.lane())) {
            throw new Malformed("key", Admission.NO_ORDER);
        }
        return task;
    }

    /** What its publisher gave the record goes along; what Lanes noted on it was about the life that is over. */
    static ProducerRecord<byte[], byte[]> record(DeadLetter letter, Task task, Topics topics) {
        byte[] key = letter.original().key();
        List<Header> headers = Stream.of(letter.original().headers().toArray())
                .filter(header -> !header.key().startsWith(OUR_HEADERS))
                .toList();
        return new ProducerRecord<>(
                topics.tasks(task.lane()), null, key == null ? TaskJson.key(task) : key, TaskJson.write(task), headers);
    }

    /** Takes a letter away; the future ends when Kafka has it. */
    public CompletableFuture<Void> discard(TaskId id, int generation) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        outcomes.sendTombstone(topics.dead(), DeadLetter.key(id, generation), () -> written.complete(null));
        return written;
    }
}
