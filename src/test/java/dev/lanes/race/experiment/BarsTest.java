package dev.lanes.race.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.race.experiment.Bars.Bar;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BarsTest {
    private static final Offset<Long> ROUNDING = Offset.offset(1L);

    @Test
    void draws_half_the_value_half_as_long() {
        List<String> lines = Bars.linear(List.of(new Bar("a", 2, "2"), new Bar("b", 1, "1")));

        assertThat(2 * length(lines.get(1))).isCloseTo(length(lines.get(0)), ROUNDING);
    }

    @Test
    void draws_ten_times_the_value_always_as_much_longer() {
        List<String> lines = Bars.logarithmic(
                List.of(new Bar("a", 10, "10"), new Bar("b", 100, "100"), new Bar("c", 1_000, "1000")));

        long step = length(lines.get(1)) - length(lines.get(0));
        assertThat(length(lines.get(2)) - length(lines.get(1))).isCloseTo(step, ROUNDING);
        long said = Long.parseLong(lines.getLast().replaceAll("\\D*(\\d+) characters.*", "$1"));
        assertThat(said).isCloseTo(step, ROUNDING);
    }

    @Test
    void draws_nothing_for_nothing_and_something_for_little() {
        List<String> lines = Bars.linear(List.of(new Bar("a", 1e9, "x"), new Bar("b", 1, "x"), new Bar("c", 0, "x")));

        assertThat(lines).extracting(BarsTest::length).endsWith(1L, 0L);
    }

    @Test
    void puts_negative_values_beside_others_without_a_bar() {
        List<String> lines = Bars.logarithmic(List.of(new Bar("a", 100, "100"), new Bar("noise", -1, "-1")));

        assertThat(lines.get(1)).isEqualTo("noise  -1");
    }

    @Test
    void fits_a_terminal_of_100_columns() {
        List<Bar> bars = List.of(new Bar("n".repeat(35), 1e12, "1,000,000 µs"), new Bar("m", 1, "1 ns"));

        assertThat(Bars.linear(bars)).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        assertThat(Bars.logarithmic(bars)).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    private static long length(String line) {
        return line.chars().filter(character -> character == '#').count();
    }
}
