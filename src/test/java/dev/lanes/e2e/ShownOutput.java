package dev.lanes.e2e;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Output of experiments that a page of the guide shows: the block of code below {@code <!-- measured 5a 5b -->} or
 * {@code <!-- picture 7 -->}.
 *
 * @param part which part of a claim's output it is: {@code measured}, which may be broken into lines, or
 *     {@code picture}, of which lines may be left out where a line {@code ...} says so; empty when the page does not tell
 * @param claims whose output it is, by their numbers
 */
record ShownOutput(String part, List<String> claims, String text) {
    private static final Pattern BLOCK =
            Pattern.compile("(?ms)^(?:<!-- (measured|picture) ([\\w ]+) -->\\n)?```(\\w*)\\n(.*?)^```$");
    private static final Pattern BAR = Pattern.compile("#+");
    private static final Pattern FIGURE =
            Pattern.compile("(?<![\\w-])x?\\d+(?:[.,]\\d+)*(?: (?:ns|µs|ms|s|B|KiB|MiB)\\b)?");
    private static final Pattern CELLS = Pattern.compile("(?: (?:N|\\.))+$");
    private static final String BUSY_MACHINE =
            ", of which other work took N meanwhile: try again when this machine is quiet";
    private static final String LEFT_OUT = "...";

    /** All that a page shows; blocks in a language, such as commands of a shell, are no output. */
    static List<ShownOutput> on(String page) {
        return BLOCK.matcher(page)
                .results()
                .filter(block -> block.group(3).isEmpty())
                .map(block -> block.group(1) == null
                        ? new ShownOutput("", List.of(), block.group(4))
                        : new ShownOutput(block.group(1), List.of(block.group(2).split(" ")), block.group(4)))
                .toList();
    }

    /** Whether this is what they printed, figures, units and the lengths of bars apart. */
    boolean isOf(List<String> printed) {
        return part.equals("picture")
                ? lines(String.join("\n", printed), lines(text))
                : masked(text).equals(masked(String.join(" ", printed)).replace(BUSY_MACHINE, ""));
    }

    private static boolean lines(String printed, List<String> shown) {
        List<String> all = lines(printed);
        int next = 0;
        boolean leftOut = false;
        for (String line : shown) {
            if (line.equals(LEFT_OUT)) {
                leftOut = true;
                continue;
            }
            int at = leftOut ? indexAfter(all, next, line) : next;
            if (at < 0 || at >= all.size() || !all.get(at).equals(line)) {
                return false;
            }
            next = at + 1;
            leftOut = false;
        }
        return next > 0 && (leftOut ? next < all.size() : next == all.size());
    }

    /** At least one line has been left out. */
    private static int indexAfter(List<String> all, int next, String line) {
        int index =
                next + 1 > all.size() ? -1 : all.subList(next + 1, all.size()).indexOf(line);
        return index < 0 ? -1 : index + next + 1;
    }

    private static List<String> lines(String text) {
        return Arrays.stream(text.split("\n")).map(ShownOutput::masked).toList();
    }

    private static String masked(String text) {
        String figures = FIGURE.matcher(BAR.matcher(text).replaceAll("")).replaceAll("N");
        return CELLS.matcher(figures.replaceAll("\\s+", " ").strip()).replaceAll(" N");
    }
}
