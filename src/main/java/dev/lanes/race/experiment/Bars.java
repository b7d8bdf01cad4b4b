package dev.lanes.race.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Bars of {@code #} below each other, each between its name and its number, for a terminal of 100 columns. */
final class Bars {
    private static final int COLUMNS = 100;

    private Bars() {}

    /**
     * One bar.
     *
     * @param value how long it is; none is drawn for 0 and less
     * @param number how the value is written behind it
     */
    record Bar(String name, double value, String number) {}

    /** The longest fills the width, and half its value is half as long. */
    static List<String> linear(List<Bar> bars) {
        double longest = bars.stream().mapToDouble(Bar::value).max().orElse(1);
        return draw(bars, bar -> bar.value() / longest);
    }

    /** Ten times the value is always as much longer; a last line says by how many characters. */
    static List<String> logarithmic(List<Bar> bars) {
        double least = bars.stream()
                .mapToDouble(Bar::value)
                .filter(value -> value > 0)
                .min()
                .orElse(1);
        double most = bars.stream().mapToDouble(Bar::value).max().orElse(1);
        double start = Math.floor(Math.log10(least)) - 1;
        double decades = Math.max(1, Math.log10(most) - start);
        List<String> lines = draw(bars, bar -> (Math.log10(bar.value()) - start) / decades);
        lines.add("(" + Math.round(width(bars) / decades) + " characters longer is ten times as much)");
        return lines;
    }

    private static List<String> draw(List<Bar> bars, ToDoubleFunction<Bar> share) {
        int width = width(bars);
        int names = longest(bars, true);
        List<String> lines = new ArrayList<>();
        for (Bar bar : bars) {
            int length = bar.value() > 0 ? Math.clamp(Math.round(share.applyAsDouble(bar) * width), 1, width) : 0;
            lines.add(bar.name() + " ".repeat(names - bar.name().length()) + "  " + "#".repeat(length)
                    + (length == 0 ? "" : " ") + bar.number());
        }
        return lines;
    }

    private static int width(List<Bar> bars) {
        return Math.max(1, COLUMNS - longest(bars, true) - longest(bars, false) - 3);
    }

    private static int longest(List<Bar> bars, boolean names) {
        return bars.stream()
                .mapToInt(bar -> (names ? bar.name() : bar.number()).length())
                .max()
                .orElse(0);
    }
}
