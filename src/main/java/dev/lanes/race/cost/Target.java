package dev.lanes.race.cost;

import dev.lanes.race.RaceReport;
import dev.lanes.race.Series;
import java.util.List;
import java.util.Locale;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/**
 * What a figure is to reach.
 *
 * @param value the figure; null where it was not measured
 * @param unit empty for a ratio of two figures
 * @param rounds the same, round by round
 * @param target like {@code at least 0.5}
 * @param met whether it does; null where it was not measured
 */
public record Target(
        String name,
        @Nullable Double value,
        String unit,
        List<Double> rounds,
        String target,
        @Nullable Boolean met) {

    /** The ratio of the medians of two figures is at least so much. */
    static Target ratioAtLeast(String name, Series one, Series other, double least) {
        return ofRatio(name, one, other, String.format(Locale.ROOT, "at least %.2f", least), ratio -> ratio >= least);
    }

    /** The ratio of the medians of two figures is at most so much. */
    static Target ratioAtMost(String name, Series one, Series other, double most) {
        return ofRatio(name, one, other, String.format(Locale.ROOT, "at most %.2f", most), ratio -> ratio <= most);
    }

    private static Target ofRatio(String name, Series one, Series other, String target, DoublePredicate meets) {
        Double ratio = ratio(one, other);
        return new Target(name, ratio, "", one.over(other).rounds(), target, ratio == null ? null : meets.test(ratio));
    }

    /** The median of a figure is at most so much. */
    static Target atMost(String name, Series figure, double most, Unit unit) {
        RaceReport.Spread spread = figure.spread();
        return new Target(
                name,
                spread == null ? null : spread.median(),
                unit.toString(),
                figure.rounds(),
                String.format(Locale.ROOT, "at most %,.0f %s", most, unit),
                spread == null ? null : spread.median() <= most);
    }

    private static @Nullable Double ratio(Series one, Series other) {
        RaceReport.Spread first = one.spread();
        RaceReport.Spread second = other.spread();
        return first == null || second == null ? null : first.median() / second.median();
    }
}
