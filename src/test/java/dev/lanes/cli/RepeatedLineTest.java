package dev.lanes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatedLineTest {
    @Test
    void gives_each_line_whole_whatever_the_size_of_the_blocks_it_is_read_in() throws IOException {
        for (int block = 1; block <= 20; block++) {
            try (RepeatedLine lines = new RepeatedLine("{\"a\":\"\u00fc\"}", 3, read -> {})) {
                assertThat(readInBlocksOf(block, lines)).isEqualTo("{\"a\":\"\u00fc\"}\n".repeat(3));
            }
        }
    }

    @Test
    void gives_the_same_byte_by_byte() throws IOException {
        try (RepeatedLine lines = new RepeatedLine("ab", 2, read -> {})) {
            assertThat(List.of(lines.read(), lines.read(), lines.read(), lines.read(), lines.read(), lines.read()))
                    .containsExactly((int) 'a', (int) 'b', (int) '\n', (int) 'a', (int) 'b', (int) '\n');
            assertThat(lines.read()).isEqualTo(-1);
        }
    }

    @Test
    void tells_how_many_whole_lines_have_been_read() throws IOException {
        List<Long> told = new ArrayList<>();
        try (RepeatedLine lines = new RepeatedLine("abc", 3, told::add)) {
            readInBlocksOf(6, lines);
        }

        assertThat(told).containsExactly(1L, 3L);
    }

    private static String readInBlocksOf(int size, RepeatedLine lines) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] block = new byte[size];
        for (int read = lines.read(block, 0, size); read > 0; read = lines.read(block, 0, size)) {
            all.write(block, 0, read);
        }
        return all.toString(StandardCharsets.UTF_8);
    }
}
