package dev.lanes.race.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws which thread had how many tasks in progress when, as lines of at most 100 columns. */
final class Timeline {
    private static final int CELLS = 18;
    private static final int LABEL = 24;
    private static final int MOST_ROWS = 8;

    /** What one row stands for in one cell: a little more than nothing is shown as a dot. */
    private static final double A_LITTLE = 0.5;

    private final long micros;
    private final List<String> lines = new ArrayList<>();

    /**
     * @param micros how much time a line shows
     */
    Timeline(long micros) {
        this.micros = micros;
    }

    /** A heading, and a row for each thread, of which at most eight are drawn. */
    Timeline add(String heading, Map<String, InProgress> byThread) {
        lines.add(heading);
        byThread.entrySet().stream().limit(MOST_ROWS).forEach(row -> lines.add(row(row.getKey(), row.getValue())));
        if (byThread.size() > MOST_ROWS) {
            lines.add("  and " + (byThread.size() - MOST_ROWS) + " more threads like these");
        }
        return this;
    }

    private String row(String thread, InProgress tasks) {
        StringBuilder row = new StringBuilder("  ").append(label(thread));
        for (int cell = 0; cell < CELLS; cell++) {
            double mean = tasks.mean(micros * cell / CELLS, micros * (cell + 1) / CELLS);
            row.append(String.format(
                    Locale.ROOT, "%4s", mean >= A_LITTLE ? Long.toString(Math.round(mean)) : mean > 0 ? "." : ""));
        }
        return row.toString().stripTrailing();
    }

    private static String label(String thread) {
        String shown = thread.length() > LABEL ? thread.substring(thread.length() - LABEL) : thread;
        return String.format(Locale.ROOT, "%-" + LABEL + "s", shown);
    }

    /** All lines, with what a cell is at the end. */
    List<String> lines() {
        List<String> all = new ArrayList<>(lines);
        all.add(String.format(
                Locale.ROOT,
                "each cell: tasks in progress on that thread, on average over %.0f ms (.: fewer than half)",
                micros / 1000.0 / CELLS));
        return all;
    }
}
