package dev.lanes.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a Kafka client writes to a lane's topic runs, or lies in the dead letters; the lane goes on either way. */
final class ForeignRecordsIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String NOOP = "{\"type\":\"noop\",\"payload\":{}}";

    private final RunningLanes lanes = RunningLanes.shared();
    private final KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", lanes.bootstrapServers(), "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());

    @AfterEach
    void close() {
        producer.close(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sequential", "reactive", "thread", "virtual", "process"})
    void runs_a_record_of_type_and_payload_alone(String lane) {
        String digest = "{\"type\":\"hash\",\"payload\":{\"iterations\":10}}";
        long before = newest(lane, "hash").size();

        send(lane, digest.getBytes(UTF_8));

        JsonNode listed = await().atMost(PATIENCE)
                .until(() -> newest(lane, "hash"), tasks -> tasks.size() > before)
                .getFirst();
        JsonNode task = lanes.end(listed.get("id").asText());
        assertThat(task.get("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(task.get("lane").asText()).isEqualTo(lane);
        assertThat(task.at("/payload/iterations").asInt()).isEqualTo(10);
        assertThat(task.at("/result/digest").asText()).hasSize(64);
        assertThat(UUID.fromString(task.get("id").asText()).version()).isEqualTo(5);
        assertCountsAddUp();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sequential", "reactive", "thread", "virtual", "process"})
    void runs_a_record_under_the_id_that_it_names(String lane) {
        String id = UUID.randomUUID().toString();

        send(lane, ("{\"payload\":{},\"id\":\"" + id + "\",\"type\":\"noop\"}").getBytes(UTF_8));

        assertThat(lanes.end(id).get("state").asText()).isEqualTo("SUCCEEDED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sequential", "reactive", "thread", "virtual", "process"})
    void buries_what_cannot_be_run_and_goes_on(String lane) {
        String following = UUID.randomUUID().toString();
        Map<Bad, RecordMetadata> sent = new LinkedHashMap<>();

        bad(lane).forEach(bad -> sent.put(bad, send(lane, bad.value())));
        send(lane, ("{\"id\":\"" + following + "\",\"type\":\"noop\"}").getBytes(UTF_8));

        assertThat(lanes.end(following).get("state").asText()).isEqualTo("SUCCEEDED");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(letters()).containsKeys(places(sent.values())));
        Map<String, JsonNode> letters = letters();
        sent.forEach((bad, record) -> assertBuried(bad, letters.get(place(record))));
        assertCountsAddUp();
    }

    private void assertBuried(Bad bad, JsonNode letter) {
        assertThat(letter.get("reason").asText()).as(bad.what()).containsIgnoringCase(bad.reason());
        assertThat(original(letter)).as(bad.what()).isEqualTo(bad.value());
        JsonNode task = lanes.end(letter.get("id").asText());
        assertThat(task.get("state").asText()).as(bad.what()).isEqualTo("DEAD");
        assertThat(task.get("error").asText()).as(bad.what()).containsIgnoringCase(bad.reason());
    }

    /** A record that cannot be run, and a word of what is said of it. */
    private record Bad(String what, byte[] value, String reason) {}

    private static List<Bad> bad(String lane) {
        String other = lane.equals("thread") ? "virtual" : "thread";
        return List.of(
                new Bad("a null value", null, "no value"),
                new Bad("nothing", new byte[0], "object"),
                new Bad("garbage", garbage(), "JSON"),
                new Bad("many control characters", "\u0001".repeat(900_000).getBytes(UTF_8), "JSON"),
                new Bad("a long text", "\"".repeat(900_000).getBytes(UTF_8), "JSON"),
                new Bad("text", "run noop please".getBytes(UTF_8), "JSON"),
                new Bad("an array", "[]".getBytes(UTF_8), "object"),
                new Bad("half an object", "{\"type\":\"noop\"".getBytes(UTF_8), "JSON"),
                new Bad("UTF-16", NOOP.getBytes(UTF_16), "JSON"),
                new Bad("broken UTF-8", "{\"type\":\"noop\",\"key\":\"\u00ff\"}".getBytes(ISO_8859_1), "JSON"),
                new Bad("deep JSON", deep().getBytes(UTF_8), "JSON"),
                new Bad("no type", "{\"payload\":{}}".getBytes(UTF_8), "type"),
                new Bad("an unknown type", "{\"type\":\"juggle\",\"payload\":{}}".getBytes(UTF_8), "unknown type"),
                new Bad("an unknown field", "{\"type\":\"noop\",\"colour\":\"red\"}".getBytes(UTF_8), "colour"),
                new Bad("another schema", "{\"id\":7,\"type\":\"noop\"}".getBytes(UTF_8), "id"),
                new Bad("a wrong attempt", "{\"type\":\"noop\",\"attempt\":0}".getBytes(UTF_8), "attempt"),
                new Bad("an unknown lane", "{\"type\":\"noop\",\"lane\":\"fast\"}".getBytes(UTF_8), "lane"),
                new Bad("another lane", ("{\"type\":\"noop\",\"lane\":\"" + other + "\"}").getBytes(UTF_8), other),
                new Bad("a payload that does not fit", "{\"type\":\"sleep\"}".getBytes(UTF_8), "payload.ms"),
                new Bad("a payload too large", tooLarge().getBytes(UTF_8), "at most"),
                new Bad("a time that is none", submitted("yesterday"), "submittedAt"),
                new Bad("a time far ahead", submitted("+200000-01-01T00:00:00Z"), "submittedAt"),
                new Bad("a time further than counts reach", submitted("+900000000-01-01T00:00:00Z"), "submittedAt"),
                new Bad("a time long ago", submitted("-5000-01-01T00:00:00Z"), "submittedAt"));
    }

    private static byte[] garbage() {
        byte[] bytes = new byte[500];
        new java.util.Random(7).nextBytes(bytes);
        return bytes;
    }

    private static String deep() {
        return "{\"type\":\"noop\",\"payload\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
    }

    private static String tooLarge() {
        return "{\"type\":\"noop\",\"payload\":{" + " ".repeat(300_000) + "}}";
    }

    @Test
    void names_a_process_of_another_version_in_the_log() {
        Instant now = Instant.now();
        String heartbeat = """
                {"host":"elsewhere","pid":7,"version":"0.0.9","at":"%1$s","startedAt":"%1$s","parts":["sequential"],
                 "restarts":0,"cpuSeconds":0,"rssBytes":null,"threads":1,"lanes":[]}""".formatted(now);

        producer.send(new ProducerRecord<>("lanes.heartbeat", 0, null, heartbeat.getBytes(UTF_8)));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Files.readString(lanes.log()))
                        .contains("the process 7 on elsewhere, which runs sequential, is of version 0.0.9"));
    }

    private static byte[] submitted(String time) {
        return ("{\"type\":\"noop\",\"submittedAt\":\"" + time + "\"}").getBytes(UTF_8);
    }

    /** To partition 0, so that the records of a test lie one behind the other. */
    private RecordMetadata send(String lane, byte[] value) {
        try {
            return producer.send(new ProducerRecord<>("lanes.tasks." + lane, 0, null, value))
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<JsonNode> newest(String lane, String type) {
        List<JsonNode> tasks = new ArrayList<>();
        lanes.get("/api/tasks?limit=1000&lane=" + lane + "&type=" + type)
                .body()
                .get("tasks")
                .forEach(tasks::add);
        return tasks;
    }

    private static String[] places(Collection<RecordMetadata> records) {
        return records.stream().map(ForeignRecordsIT::place).toArray(String[]::new);
    }

    private static String place(RecordMetadata record) {
        return record.topic() + "/" + record.partition() + "/" + record.offset();
    }

    /** All dead letters, by the place of the record that each is about. */
    private Map<String, JsonNode> letters() {
        Map<String, JsonNode> letters = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> dead : allDead()) {
            if (dead.value() == null) {
                // Redriven or discarded by another test.
                continue;
            }
            JsonNode letter = json(dead.value());
            assertThat(new String(dead.key(), UTF_8))
                    .isEqualTo(letter.get("id").asText() + "/" + letter.get("generation"));
            letters.put(
                    letter.get("topic").asText() + "/" + letter.get("partition") + "/" + letter.get("offset"), letter);
        }
        return letters;
    }

    private static JsonNode json(byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> allDead() {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", lanes.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor("lanes.dead").stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < until
                    && partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(all::add);
            }
        }
        return all;
    }

    private static byte[] original(JsonNode letter) {
        if (letter.has("originalBase64")) {
            return Base64.getDecoder().decode(letter.get("originalBase64").asText());
        }
        return letter.get("original").isNull()
                ? null
                : letter.get("original").asText().getBytes(UTF_8);
    }

    private void assertCountsAddUp() {
        JsonNode summary = lanes.get("/api/summary").body();
        assertThat(summary.get("published").asLong())
                .isEqualTo(summary.get("succeeded").asLong()
                        + summary.get("dead").asLong()
                        + summary.get("cancelled").asLong()
                        + summary.get("pending").asLong());
        await().atMost(PATIENCE)
                .until(() -> lanes.get("/api/summary").body().get("pending").asLong() == 0);
    }
}
