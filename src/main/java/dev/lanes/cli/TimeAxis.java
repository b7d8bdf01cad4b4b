package dev.lanes.cli;

/**
 * A time axis made of characters, on which bars of # show when tasks ran.
 *
 * @param lengthMs the time at its right end
 * @param width how many characters it has
 */
record TimeAxis(double lengthMs, int width) {
    /** Bars on the same axis can be compared by eye; one that goes on past its end finishes with {@code >}. */
    String bar(double startMs, double endMs) {
        int from = Math.clamp(Math.round(startMs / lengthMs * width), 0, width - 1);
        int to = Math.clamp(Math.round(endMs / lengthMs * width), from + 1, width);
        String bar = " ".repeat(from) + "#".repeat(to - from) + " ".repeat(width - to);
        return endMs > lengthMs ? bar.substring(0, width - 1) + ">" : bar;
    }
}
