package dev.lanes.race;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Percentiles of times, in milliseconds. */
public record Percentiles(double p50, double p90, double p99, double p999, double max) {
    private static final int SIGNIFICANT_DIGITS = 3;

    /** An empty histogram of times of up to an hour, in microseconds, exact to a thousandth. */
    static Histogram histogram() {
        return new Histogram(TimeUnit.HOURS.toMicros(1), SIGNIFICANT_DIGITS);
    }

    /** Of what the histogram holds; null when it holds nothing. */
    static @Nullable Percentiles of(Histogram micros) {
        return micros.getTotalCount() == 0
                ? null
                : new Percentiles(
                        at(micros, 50),
                        at(micros, 90),
                        at(micros, 99),
                        at(micros, 99.9),
                        micros.getMaxValue() / 1000.0);
    }

    private static double at(Histogram micros, double percentile) {
        return micros.getValueAtPercentile(percentile) / 1000.0;
    }
}
