package dev.lanes.pipeline;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lanes.task.LaneName;
import dev.lanes.task.Limits;
import dev.lanes.task.RawJson;
import dev.lanes.task.Task;
import dev.lanes.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TaskJsonTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00.123456Z");
    private static final TaskId ID = TaskId.create(NOW);

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{ \"text\" : \"\u00e9\ud83d\ude00\\n\" }", "[1,2]", "\"x\"", "12", "null"})
    void reads_what_it_wrote(String payload) throws Malformed {
        Task task = new Task(
                ID,
                2,
                3,
                "sleep",
                LaneName.THREAD,
                "k",
                false,
                "b",
                new Limits(Duration.ofSeconds(7), 4),
                NOW,
                NOW.plusSeconds(9),
                RawJson.of(payload));

        Task read = TaskJson.read(record(TaskJson.write(task)));

        assertThat(read).usingRecursiveComparison().ignoringFields("payload").isEqualTo(task);
        assertThat(read.payload()).hasToString(payload);
    }

    @Test
    void fills_in_what_a_foreign_client_left_out() throws Malformed {
        Task read = TaskJson.read(record("{\"type\":\"noop\"}".getBytes(UTF_8)));

        assertThat(read.id()).isEqualTo(TaskId.named("lanes.tasks.thread", "3", "41"));
        assertThat(read.generation()).isEqualTo(1);
        assertThat(read.attempt()).isEqualTo(1);
        assertThat(read.lane()).isEqualTo(LaneName.THREAD);
        assertThat(read.submittedAt()).isEqualTo(Instant.ofEpochMilli(NOW.toEpochMilli()));
        assertThat(read.payload()).hasToString("{}");
        assertThat(Optional.ofNullable(read.key())).isEmpty();
        assertThat(read.limits()).isEqualTo(Limits.DEFAULT);
    }

    @Test
    void names_a_record_after_its_place_when_its_id_is_none() throws Malformed {
        Task read = TaskJson.read(record("{\"type\":\"noop\",\"id\":\"order 7\"}".getBytes(UTF_8)));

        assertThat(read.id()).isEqualTo(TaskId.named("lanes.tasks.thread", "3", "41"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|type",
                "{\"type\":5}|type",
                "{\"type\":\"noop\",\"id\":5}|id",
                "{\"type\":\"noop\",\"lane\":\"virtual\"}|lane",
                "{\"type\":\"noop\",\"lane\":\"fast\"}|lane",
                "{\"type\":\"noop\",\"attempt\":0}|attempt",
                "{\"type\":\"noop\",\"generation\":2147483648}|generation",
                "{\"type\":\"noop\",\"idempotencyKey\":\"k\"}|idempotencyKey",
                "{\"type\":\"noop\",\"submittedAt\":\"now\"}|submittedAt",
                "{\"type\":\"noop\",\"submittedAt\":\"1969-12-31T23:59:59Z\"}|submittedAt",
                "{\"type\":\"noop\",\"submittedAt\":\"+900000000-01-01T00:00:00Z\"}|submittedAt",
                "{\"type\":\"noop\",\"type\":\"noop\"}|type"
            })
    void names_the_field_that_is_wrong(String json, String field) {
        Malformed wrong = catchThrowableOfType(Malformed.class, () -> TaskJson.read(record(json.getBytes(UTF_8))));

        assertThat(wrong.field()).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "[]", "{", "{}{}", "{} x"})
    void takes_one_object_alone(String json) {
        Malformed wrong = catchThrowableOfType(Malformed.class, () -> TaskJson.read(record(json.getBytes(UTF_8))));

        assertThat(wrong.field()).isEmpty();
    }

    @Test
    void takes_UTF_8_alone() {
        byte[] json = "{\"type\":\"noop\",\"payload\":{}}".getBytes(UTF_16);

        Malformed wrong = catchThrowableOfType(Malformed.class, () -> TaskJson.read(record(json)));

        assertThat(wrong.reason()).contains("not valid JSON");
    }

    @Test
    void says_that_a_record_has_no_value() {
        Malformed wrong = catchThrowableOfType(Malformed.class, () -> TaskJson.read(record(null)));

        assertThat(wrong.reason()).contains("no value");
    }

    @ParameterizedTest
    @CsvSource({"262144,false", "262145,true"})
    void takes_payloads_up_to_the_limit(int bytes, boolean refused) {
        byte[] json = ("{\"type\":\"noop\",\"payload\":{" + " ".repeat(bytes - 2) + "}}").getBytes(UTF_8);

        Malformed wrong = catchThrowableOfType(Malformed.class, () -> TaskJson.read(record(json)));

        assertThat(wrong != null && wrong.kind() == Malformed.Kind.TOO_LARGE).isEqualTo(refused);
    }

    @Test
    void finds_the_fields_in_the_middle_of_a_buffer() throws Malformed {
        byte[] buffer = "xxx{\"type\":\"noop\",\"payload\": {\"a\":1} }yyy".getBytes(UTF_8);

        TaskFields fields = TaskFields.read(buffer, 3, buffer.length - 6, TaskFields.SUBMISSION);

        assertThat(fields.payload).hasToString("{\"a\":1}");
    }

    @Test
    void lets_a_task_go_by_its_key_or_its_id() {
        Task plain = new Task(
                ID, 1, 1, "noop", LaneName.THREAD, null, false, null, Limits.DEFAULT, NOW, null, RawJson.EMPTY);
        Task keyed =
                new Task(ID, 1, 1, "noop", LaneName.THREAD, "k", true, null, Limits.DEFAULT, NOW, null, RawJson.EMPTY);

        assertThat(new String(TaskJson.key(plain), UTF_8)).isEqualTo(ID.toString());
        assertThat(new String(TaskJson.key(keyed), UTF_8)).isEqualTo("k");
    }

    private static ConsumerRecord<byte[], byte[]> record(byte[] value) {
        return new ConsumerRecord<>(
                "lanes.tasks.thread",
                3,
                41,
                NOW.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                null,
                value,
                new RecordHeaders(),
                Optional.empty());
    }
}
