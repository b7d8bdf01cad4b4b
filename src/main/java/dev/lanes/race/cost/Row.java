package dev.lanes.race.cost;

import dev.lanes.race.RaceReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One figure of a cost.
 *
 * @param value over the rounds; null where there is none
 * @param rounds each by itself
 * @param reason why there is none; null when there is one
 */
public record Row(
        String name,
        Unit unit,
        boolean higherIsBetter,
        RaceReport.@Nullable Spread value,
        List<Double> rounds,
        @Nullable String reason) {}
