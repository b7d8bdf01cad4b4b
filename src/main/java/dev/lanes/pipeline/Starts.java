package dev.lanes.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lanes.task.Place;
import dev.lanes.task.Task;
import dev.lanes.task.TaskId;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks of queues have been begun and have not ended, so that whoever is given a task for the second time can tell
 * whether a process died over it. A record is written only where that may be asked: before a run that may be the last,
 * and for one that takes long.
 */
@Singleton
final class Starts {
    private static final Logger LOG = Logger.getLogger(Starts.class);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final JsonMapper JSON = JsonMapper.builder()
            .findAndAddModules()
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private final KafkaClients clients;
    private final Outcomes outcomes;
    private final TopicPartition only;
    /** Those of this process. */
    private final Set<TaskId> here = ConcurrentHashMap.newKeySet();
    /** Those of all processes, as far as they have been read. Guarded by this. */
    private final Map<String, Start> everywhere = new HashMap<>();

    private @Nullable Consumer<byte[], byte[]> reader;

    Starts(KafkaClients clients, Topics topics, Outcomes outcomes) {
        this.clients = clients;
        this.outcomes = outcomes;
        this.only = new TopicPartition(topics.starts(), 0);
    }

    /** Says that a task begins here; the future ends when Kafka has it. */
    CompletableFuture<Void> begin(Task task, int triesBefore) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        here.add(task.id());
        Start start = new Start(task.generation(), task.attempt(), triesBefore, Place.here(), Instant.now());
        try {
            outcomes.send(
                    only.topic(), task.id().toString(), JSON.writeValueAsBytes(start), () -> written.complete(null));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
        return written;
    }

    /** Whether it has been said that a task begins here, and not that it has ended. */
    boolean isSaid(TaskId id) {
        return here.contains(id);
    }

    /**
     * The end of a task that ran here is in Kafka; {@code then} runs when it holds nothing any more that says the
     * contrary: whoever is given the task after that would take it for one that its process died over.
     */
    void end(TaskId id, Runnable then) {
        if (here.remove(id)) {
            forget(id, then);
        } else {
            then.run();
        }
    }

    /** A task that somebody has begun will not be tried again; {@code then} as above. */
    void forget(TaskId id, Runnable then) {
        outcomes.sendTombstone(only.topic(), id.toString(), then);
    }

    /** The last start of a task that had not ended when it was last {@link #read}. */
    synchronized Optional<Start> find(TaskId id) {
        return Optional.ofNullable(everywhere.get(id.toString()));
    }

    /**
     * Reads what all processes have said up to now.
     *
     * @throws KafkaException when Kafka does not answer within 10 s
     */
    synchronized void read() {
        Consumer<byte[], byte[]> consumer = reader();
        long end = consumer.endOffsets(List.of(only)).getOrDefault(only, 0L);
        long readBy = System.nanoTime() + PATIENCE.toNanos();
        while (consumer.position(only) < end) {
            if (System.nanoTime() > readBy) {
                throw new KafkaException("the starts of tasks cannot be read");
            }
            consumer.poll(POLL).forEach(this::take);
        }
    }

    private Consumer<byte[], byte[]> reader() {
        Consumer<byte[], byte[]> consumer = reader;
        if (consumer == null) {
            consumer = clients.briefReader(
                    "starts",
                    Map.of(
                            "auto.offset.reset",
                            "earliest",
                            "default.api.timeout.ms",
                            Long.toString(PATIENCE.toMillis())));
            consumer.assign(List.of(only));
            consumer.seekToBeginning(List.of(only));
            reader = consumer;
        }
        return consumer;
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return;
        }
        String id = new String(record.key(), StandardCharsets.UTF_8);
        everywhere.remove(id);
        if (record.value() != null) {
            try {
                everywhere.put(id, JSON.readValue(record.value(), Start.class));
            } catch (IOException foreign) {
                LOG.debugf("a record of %s is none of ours: %s", only.topic(), foreign.getMessage());
            }
        }
    }

    @PreDestroy
    synchronized void close() {
        if (reader != null) {
            reader.close(CloseOptions.timeout(Duration.ofSeconds(1)));
        }
    }
}
