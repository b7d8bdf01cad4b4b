package dev.lanes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them; what is not known is a dash. */
final class Figures {
    private static final String UNKNOWN = "-";

    private Figures() {}

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String count(JsonNode number) {
        return number.isNumber() ? count(number.longValue()) : UNKNOWN;
    }

    static String rate(JsonNode perSecond) {
        return decimal(perSecond, perSecond.doubleValue() < 100 ? "%,.1f" : "%,.0f");
    }

    static String twoDecimals(JsonNode number) {
        return decimal(number, "%,.2f");
    }

    /** Milliseconds, as seconds from ten seconds on. */
    static String millis(JsonNode ms) {
        if (!ms.isNumber()) {
            return UNKNOWN;
        }
        double value = ms.doubleValue();
        if (value >= 10_000) {
            return String.format(Locale.ROOT, "%,.1f s", value / 1000);
        }
        return String.format(Locale.ROOT, value > 0 && value < 10 ? "%.1f ms" : "%,.0f ms", value);
    }

    static String percent(JsonNode percent) {
        return decimal(percent, "%.0f %%");
    }

    static String megabytes(JsonNode bytes) {
        return bytes.isNumber() ? count(bytes.longValue() / 1_000_000) + " MB" : UNKNOWN;
    }

    private static String decimal(JsonNode number, String format) {
        return number.isNumber() ? String.format(Locale.ROOT, format, number.doubleValue()) : UNKNOWN;
    }
}
