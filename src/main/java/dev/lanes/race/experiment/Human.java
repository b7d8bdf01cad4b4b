package dev.lanes.race.experiment;

import java.util.Locale;

/** Numbers as people read them: two or three digits and a unit that fits. */
final class Human {
    private Human() {}

    static String time(double nanos) {
        if (nanos < 1e3) {
            return number(nanos) + " ns";
        }
        if (nanos < 1e6) {
            return number(nanos / 1e3) + " µs";
        }
        return nanos < 1e9 ? number(nanos / 1e6) + " ms" : number(nanos / 1e9) + " s";
    }

    static String bytes(double bytes) {
        if (bytes < 1024) {
            return number(bytes) + " B";
        }
        return bytes < 1024 * 1024 ? number(bytes / 1024) + " KiB" : number(bytes / 1024 / 1024) + " MiB";
    }

    static String number(double value) {
        double size = Math.abs(value);
        String form = value == Math.rint(value) || size >= 10 ? "%,.0f" : size >= 1 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, form, value);
    }
}
