package dev.lanes.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StandingTest {
    @Test
    void puts_the_fastest_first() {
        assertThat(Standing.of(Map.of("slow", spread(10, 9, 11), "fast", spread(100, 95, 105))))
                .containsExactly(List.of("fast"), List.of("slow"));
    }

    @Test
    void calls_a_tie_where_spreads_overlap() {
        assertThat(Standing.of(Map.of("one", spread(100, 80, 110), "other", spread(85, 70, 90))))
                .containsExactly(List.of("one", "other"));
    }

    @Test
    void calls_a_tie_where_medians_are_within_five_percent() {
        assertThat(Standing.of(Map.of("one", spread(100, 100, 100), "other", spread(96, 96, 96))))
                .containsExactly(List.of("one", "other"));
        assertThat(Standing.of(Map.of("one", spread(100, 100, 100), "other", spread(94, 94, 94))))
                .containsExactly(List.of("one"), List.of("other"));
    }

    @Test
    void ties_with_the_first_of_a_group_and_not_through_its_members() {
        assertThat(Standing.of(Map.of("a", spread(100, 95, 105), "b", spread(90, 84, 96), "c", spread(80, 75, 85))))
                .containsExactly(List.of("a", "b"), List.of("c"));
    }

    private static RaceReport.Spread spread(double median, double min, double max) {
        return new RaceReport.Spread(median, min, max);
    }
}
