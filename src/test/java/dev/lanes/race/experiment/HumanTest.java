package dev.lanes.race.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanTest {
    @ParameterizedTest
    @CsvSource({"41.4,41 ns", "1500,1.5 µs", "999999,1000 µs", "2500000,2.5 ms", "7.4e9,7.4 s", "0.25,0.25 ns"})
    void shows_times_in_a_unit_that_fits(double nanos, String shown) {
        assertThat(Human.time(nanos).replace(",", "")).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"250,250 B", "2253,2.2 KiB", "54272,53 KiB", "20971520,20 MiB"})
    void shows_bytes_in_a_unit_that_fits(double bytes, String shown) {
        assertThat(Human.bytes(bytes)).isEqualTo(shown);
    }
}
