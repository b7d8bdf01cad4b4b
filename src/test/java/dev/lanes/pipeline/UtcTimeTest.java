package dev.lanes.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UtcTimeTest {
    @Test
    void reads_what_instants_write_and_writes_the_same() {
        Random random = new Random(7);
        for (int round = 0; round < 10_000; round++) {
            long nanos = new long[] {0, 1_000_000, 1000, 1}[round % 4] * random.nextInt(1000);
            Instant time = Instant.ofEpochSecond(random.nextLong(-62_000_000_000L, 250_000_000_000L), nanos);

            assertThat(UtcTime.parse(time.toString())).isEqualTo(time);
            assertThat(written(time)).isEqualTo(time.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-0044-03-15T12:00:00Z",
                "0999-12-31T23:59:59.999Z",
                "+12026-01-31T12:00:00.000000001Z",
                "+999999999-12-31T23:59:59.999999999Z"
            })
    void writes_unusual_years(String text) {
        assertThat(written(Instant.parse(text))).isEqualTo(text);
    }

    private static String written(Instant time) {
        byte[] text = new byte[UtcTime.MAX_LENGTH];
        return new String(text, 0, UtcTime.write(time, text, 0), StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-31T12:00:00.5Z",
                "2026-01-31T24:00:00Z",
                "2016-12-31T23:59:60Z",
                "2026-01-31T12:00:00+01:00",
                "+12026-01-31T12:00:00Z"
            })
    void reads_what_else_a_time_may_look_like(String text) {
        assertThat(UtcTime.parse(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2026-02-30T12:00:00Z",
                "2026-01-31T12:00:00.1234567890Z",
                "2026-01-31T12:60:00Z",
                "2026-13-31T12:00:00Z",
                "2026-01-31 12:00:00Z",
                "2026-01-31T12:00:00",
                "2026-01-31T12:00:-1Z"
            })
    void refuses_what_is_no_time(String text) {
        assertThatThrownBy(() -> UtcTime.parse(text)).isInstanceOf(DateTimeException.class);
    }
}
