package dev.lanes.pipeline;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lanes.task.Attempt;
import dev.lanes.task.LaneName;
import dev.lanes.task.TaskId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;

/**
 * A record of {@code lanes.dead}: a task that will not be tried again, with the record as it came, and why.
 *
 * @param reason why it lies here, for people
 * @param at when it came here
 * @param attempts those that whoever wrote the letter knew of, above all the last; the ledger may know others
 * @param original its headers are the letter's own
 */
public record DeadLetter(
        TaskId id,
        int generation,
        String type,
        String reason,
        Instant at,
        List<Attempt> attempts,
        ConsumerRecord<byte[], byte[]> original) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final JsonMapper MAPPER = new JsonMapper(JSON);

    /** That of a task with whose attempt it is over. */
    static DeadLetter of(OutcomeRecord said, ConsumerRecord<byte[], byte[]> original) {
        Attempt last = said.attempt();
        return new DeadLetter(
                said.id(),
                said.generation(),
                said.type(),
                last.error() == null ? String.valueOf(last.outcome()) : last.error(),
                Objects.requireNonNullElse(last.finishedAt(), last.startedAt()),
                List.of(last),
                original);
    }

    /**
     * Reads a record of {@code lanes.dead}. Letters of earlier versions hold neither attempts nor the original's key,
     * headers and time.
     *
     * @throws Malformed when it is none of ours
     */
    public static DeadLetter read(ConsumerRecord<byte[], byte[]> record) throws Malformed {
        try {
            JsonNode json = MAPPER.readTree(record.value());
            TaskId id = TaskId.parse(json.path("id").asText()).orElseThrow(() -> new Malformed("id", "must be a UUID"));
            Instant at = Instant.parse(json.path("at").asText());
            Instant timestamp =
                    json.has("timestamp") ? Instant.parse(json.get("timestamp").asText()) : at;
            ConsumerRecord<byte[], byte[]> original = new ConsumerRecord<>(
                    json.path("topic").asText(),
                    json.path("partition").asInt(),
                    json.path("offset").asLong(),
                    timestamp.toEpochMilli(),
                    TimestampType.CREATE_TIME,
                    ConsumerRecord.NULL_SIZE,
                    ConsumerRecord.NULL_SIZE,
                    JsonBytes.read(json, "key"),
                    JsonBytes.read(json, "original"),
                    record.headers(),
                    Optional.empty());
            List<Attempt> attempts = new ArrayList<>();
            json.path("attempts").forEach(attempt -> attempts.add(AttemptJson.read(attempt)));
            return new DeadLetter(
                    id,
                    json.path("generation").asInt(1),
                    json.path("type").asText(),
                    json.path("reason").asText(),
                    at,
                    attempts,
                    original);
        } catch (IOException | DateTimeException | IllegalArgumentException foreign) {
            throw new Malformed("", "is no dead letter: " + foreign.getMessage());
        }
    }

    /** The letter's own key: one that has come later must not go with the one before it. */
    public static String key(TaskId id, int generation) {
        return id + "/" + generation;
    }

    /** The lane on which the task died; empty where the record did not lie in a lane's topic. */
    public Optional<LaneName> lane() {
        String topic = original.topic();
        return LaneName.parse(topic.substring(topic.lastIndexOf('.') + 1));
    }

    /** The record's value as it came. */
    public JsonBytes value() {
        return JsonBytes.of(original.value());
    }

    /** The record's key as it came. */
    public JsonBytes key() {
        return JsonBytes.of(original.key());
    }

    /** One of the record's headers. */
    public record Heading(String name, JsonBytes value) {}

    /** The record's headers as they came. */
    public List<Heading> headings() {
        return Stream.of(original.headers().toArray())
                .map(header -> new Heading(header.key(), JsonBytes.of(header.value())))
                .toList();
    }

    /** When the record was written. */
    public Instant timestamp() {
        return Instant.ofEpochMilli(original.timestamp());
    }

    /** Where the record lay. */
    public String topic() {
        return original.topic();
    }

    /** Where the record lay. */
    public int partition() {
        return original.partition();
    }

    /** Where the record lay. */
    public long offset() {
        return original.offset();
    }

    /** The record of {@code lanes.dead}. */
    ProducerRecord<byte[], byte[]> record(String topic) {
        byte[] key = key(id, generation).getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(topic, null, key, json(), original.headers());
    }

    byte[] json() {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(512);
                JsonGenerator json = JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
            json.writeStartObject();
            json.writeStringField("id", id.toString());
            json.writeNumberField("generation", generation);
            json.writeStringField("type", type);
            json.writeStringField("reason", reason);
            json.writeStringField("at", at.toString());
            json.writeStringField("topic", original.topic());
            json.writeNumberField("partition", original.partition());
            json.writeNumberField("offset", original.offset());
            json.writeStringField("timestamp", timestamp().toString());
            key().write(json, "key");
            value().write(json, "original");
            json.writeArrayFieldStart("attempts");
            for (Attempt attempt : attempts) {
                AttemptJson.write(json, attempt);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.flush();
            return bytes.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
    }
}
