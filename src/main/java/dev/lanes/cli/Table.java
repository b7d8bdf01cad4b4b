package dev.lanes.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A table of text: columns as wide as their widest cell, figures to the right. */
final class Table {
    private static final String GAP = "  ";
    private static final String NOTE = "    ";

    private final List<Column> columns;
    private final List<Row> rows = new ArrayList<>();

    record Column(String title, boolean right) {
        static Column text(String title) {
            return new Column(title, false);
        }

        static Column figure(String title) {
            return new Column(title, true);
        }

        private String pad(String cell, int width) {
            String blanks = " ".repeat(width - cell.length());
            return right ? blanks + cell : cell + blanks;
        }
    }

    private record Row(List<String> cells, String note) {}

    Table(Column... columns) {
        this.columns = List.of(columns);
    }

    Table add(String... cells) {
        return addWithNote("", cells);
    }

    /** A row with a sentence below it, which takes no part in the columns. */
    Table addWithNote(String note, String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        rows.add(new Row(Arrays.asList(cells), note));
        return this;
    }

    /** The lines, of which the first holds the titles. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(line(columns.stream().map(Column::title).toList()));
        for (Row row : rows) {
            lines.add(line(row.cells()));
            if (!row.note().isEmpty()) {
                lines.add(NOTE + row.note());
            }
        }
        return lines;
    }

    /** The same in Markdown, without notes. */
    List<String> markdown() {
        List<String> lines = new ArrayList<>();
        lines.add(markdown(columns.stream().map(Column::title).toList()));
        lines.add(markdown(
                columns.stream().map(column -> column.right() ? "---:" : "---").toList()));
        rows.forEach(row -> lines.add(markdown(row.cells())));
        return lines;
    }

    private static String markdown(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |"));
    }

    private String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            line.append(i == 0 ? "" : GAP).append(columns.get(i).pad(cells.get(i), width(i)));
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream()
                .mapToInt(row -> row.cells().get(column).length())
                .reduce(columns.get(column).title().length(), Math::max);
    }
}
