package dev.lanes.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BenchFileTest {
    @TempDir
    private Path folder;

    @Test
    void reads_what_it_has_written() throws IOException {
        Path file = folder.resolve("bench.jsonl");
        JsonNode failed = LanesApi.JSON.readTree("{\"bench\":\"noop\",\"error\":\"refused\"}");
        JsonNode start = LanesApi.JSON.readTree("{\"bench\":\"start\",\"environment\":{\"cores\":2}}");

        assertThat(BenchFile.write(file, List.of(failed, start))).isTrue();

        BenchFile.Saved saved = BenchFile.read(file);
        assertThat(saved.machine()).isEqualTo(start.get("environment"));
        assertThat(saved.reports()).containsExactly(failed, start);
    }

    @Test
    void leaves_what_was_saved_before_when_nothing_was_measured() throws IOException {
        Path file = Files.writeString(folder.resolve("bench.jsonl"), "as it was");

        assertThat(BenchFile.write(file, List.of(LanesApi.JSON.readTree("{\"bench\":\"noop\",\"error\":\"refused\"}"))))
                .isFalse();

        assertThat(file).hasContent("as it was");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "hello",
                "{\"bench\":\"noop\"}",
                "[1]",
                "7",
                "{\"lanesBench\":2,\"machine\":{}}",
                "{\"lanesBench\":1}",
                "{\"lanesBench\":1,\"machine\":{}}\n{\"bench\":"
            })
    void refuses_in_a_line_what_it_has_not_written(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("other"), content);

        assertUsage(() -> BenchFile.read(file), "is not a file that");
    }

    @Test
    void refuses_in_a_line_what_cannot_be_read() throws IOException {
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertUsage(() -> BenchFile.read(folder.resolve("none")), "there is no file");
        assertUsage(() -> BenchFile.read(folder), "cannot read");
        assertUsage(() -> BenchFile.read(binary), "is not a file that");
    }

    @Test
    void says_beforehand_where_it_cannot_write() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "", UTF_8);

        assertUsage(() -> BenchFile.checkWritable(folder), "cannot write");
        assertUsage(() -> BenchFile.checkWritable(folder.resolve("none").resolve("file")), "cannot write");
        assertUsage(() -> BenchFile.checkWritable(file.resolve("file")), "cannot write");
        BenchFile.checkWritable(file);
        BenchFile.checkWritable(folder.resolve("new"));
    }

    private static void assertUsage(ThrowingCallable call, String words) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CommandFailed.class,
                        failed -> assertThat(failed.exitStatus()).isEqualTo(CommandFailed.USAGE))
                .hasMessageContaining(words);
    }
}
