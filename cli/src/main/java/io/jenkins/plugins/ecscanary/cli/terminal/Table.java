package io.jenkins.plugins.ecscanary.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** Columns as wide as their widest cell, two blanks between them. Cells are cleaned. */
public final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    /** All rows have the same number of cells. */
    public Table row(String... cells) {
        rows.add(List.of(cells).stream().map(CleanText::of).toList());
        return this;
    }

    public List<String> lines() {
        int[] widths = new int[rows.isEmpty() ? 0 : rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
        }
        return line.toString().stripTrailing();
    }
}
