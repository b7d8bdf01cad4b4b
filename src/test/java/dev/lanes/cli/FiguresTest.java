package dev.lanes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.NumericNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @Test
    void shows_what_is_not_known_as_a_dash() {
        for (JsonNode unknown : new JsonNode[] {NullNode.getInstance(), MissingNode.getInstance()}) {
            assertThat(Figures.millis(unknown)).isEqualTo("-");
            assertThat(Figures.count(unknown)).isEqualTo("-");
            assertThat(Figures.rate(unknown)).isEqualTo("-");
            assertThat(Figures.megabytes(unknown)).isEqualTo("-");
        }
    }

    @ParameterizedTest
    @CsvSource({"0,0 ms", "0.25,0.3 ms", "3.2,3.2 ms", "123.4,123 ms", "'9999','9,999 ms'", "12345,12.3 s"})
    void shows_times_with_the_digits_that_matter(double ms, String shown) {
        NumericNode node = DoubleNode.valueOf(ms);

        assertThat(Figures.millis(node)).isEqualTo(shown);
    }
}
