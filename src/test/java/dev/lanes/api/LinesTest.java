package dev.lanes.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LinesTest {
    private static final int MAX_BYTES = 100;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100_000})
    void reads_lines_however_the_stream_is_cut_up(int bytesPerRead) throws IOException {
        Lines lines = new Lines(new Slow("one\n\nthr\u00e9\u00e9\r\nfour", bytesPerRead), MAX_BYTES);

        assertThat(all(lines)).containsExactly("1:one", "2:", "3:thr\u00e9\u00e9\r", "4:four");
        assertThat(lines.terminated()).isFalse();
        assertThat(lines.last()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 100_000})
    void keeps_a_line_of_the_longest_length_and_none_longer(int bytesPerRead) throws IOException {
        String longest = "a".repeat(MAX_BYTES);
        Lines lines = new Lines(
                new Slow(longest + "\n" + longest + "b\n" + "c".repeat(200_000) + "\nend\n", bytesPerRead), MAX_BYTES);

        assertThat(all(lines)).containsExactly("1:" + longest, "2:too long", "3:too long", "4:end");
    }

    @Test
    void has_no_line_where_there_is_nothing() throws IOException {
        assertThat(new Lines(new Slow("", 1), MAX_BYTES).next()).isFalse();
    }

    @Test
    void says_that_a_last_line_without_a_line_feed_has_none() throws IOException {
        Lines lines = new Lines(new Slow("a\nb", 1), MAX_BYTES);
        assertThat(lines.next()).isTrue();
        assertThat(lines.terminated()).isTrue();
        assertThat(lines.last()).isFalse();

        assertThat(lines.next()).isTrue();

        assertThat(lines.terminated()).isFalse();
        assertThat(lines.last()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", " \n", "\t \r\n", "  "})
    void calls_a_line_of_white_space_blank(String line) throws IOException {
        Lines lines = new Lines(new Slow(line, 1), MAX_BYTES);

        assertThat(lines.next()).isTrue();

        assertThat(lines.blank()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\n", " {\n", "\u00e9\n", "\u00a0\n"})
    void calls_no_other_line_blank(String line) throws IOException {
        Lines lines = new Lines(new Slow(line, 1), MAX_BYTES);

        assertThat(lines.next()).isTrue();

        assertThat(lines.blank()).isFalse();
    }

    @Test
    void leaves_the_bytes_of_a_line_alone_when_the_next_is_read() throws IOException {
        Lines lines = new Lines(new Slow("first\nother\n", 100), MAX_BYTES);
        assertThat(lines.next()).isTrue();
        byte[] first = lines.bytes();
        int length = lines.length();

        assertThat(lines.next()).isTrue();

        assertThat(new String(first, 0, length, UTF_8)).isEqualTo("first");
    }

    @Test
    void numbers_the_line_in_which_the_stream_breaks_off() throws IOException {
        Lines lines = new Lines(new SequenceInputStream(new Slow("one\ntwo\nthr", 4), new BrokenStream()), MAX_BYTES);
        assertThat(lines.next()).isTrue();
        assertThat(lines.next()).isTrue();

        assertThatThrownBy(lines::next).isInstanceOf(IOException.class);

        assertThat(lines.number()).isEqualTo(3);
    }

    private static List<String> all(Lines lines) throws IOException {
        List<String> all = new ArrayList<>();
        while (lines.next()) {
            String text = lines.tooLong() ? "too long" : new String(lines.bytes(), 0, lines.length(), UTF_8);
            all.add(lines.number() + ":" + text);
        }
        return all;
    }

    /** Gives a few bytes a read, as a network does. */
    private static final class Slow extends ByteArrayInputStream {
        private final int bytesPerRead;

        Slow(String text, int bytesPerRead) {
            super(text.getBytes(UTF_8));
            this.bytesPerRead = bytesPerRead;
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(length, bytesPerRead));
        }
    }

    private static final class BrokenStream extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("hung up");
        }
    }
}
