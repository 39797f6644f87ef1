package io.jenkins.plugins.ecscanary.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a terminal shows after what was written to it: as much of the
 * <a href="https://invisible-island.net/xterm/ctlseqs/ctlseqs.html">xterm control sequences</a> as a screen drawn in place needs.
 * It never scrolls; a sequence it does not know is a failure.
 */
final class Paper {

    private static final Pattern SEQUENCE = Pattern.compile("\u001b\\[([?0-9;]*)([A-Za-z@])");

    private final List<StringBuilder> rows = new ArrayList<>();
    private int row;
    private int column;
    private final int width;

    private Paper(int width) {
        this.width = width;
    }

    static List<String> after(String written, int width) {
        Paper paper = new Paper(width);
        paper.write(written);
        return paper.rows.stream().map(row -> row.toString().stripTrailing()).toList();
    }

    private void write(String written) {
        Matcher sequence = SEQUENCE.matcher(written);
        int at = 0;
        while (at < written.length()) {
            if (sequence.region(at, written.length()).lookingAt()) {
                control(sequence.group(1), sequence.group(2).charAt(0));
                at = sequence.end();
            } else {
                put(written.charAt(at++));
            }
        }
    }

    private void put(char c) {
        switch (c) {
            case '\r' -> column = 0;
            case '\n' -> row++;
            case '\b' -> column = Math.max(0, column - 1);
            default -> {
                if (c < ' ') {
                    throw new IllegalArgumentException("control character " + (int) c);
                }
                if (column == width) { // only now: as xterm does
                    column = 0;
                    row++;
                }
                StringBuilder line = line(row);
                while (line.length() <= column) {
                    line.append(' ');
                }
                line.setCharAt(column++, c);
            }
        }
    }

    private void control(String parameter, char what) {
        int count = parameter.matches("[0-9]+") ? Integer.parseInt(parameter) : 1;
        switch (what) {
            case 'A' -> row = Math.max(0, row - count);
            case 'B' -> row += count;
            case 'C' -> column += count;
            case 'D' -> column = Math.max(0, column - count);
            case 'G' -> column = count - 1;
            case 'K' -> line(row).setLength(Math.min(column, line(row).length()));
            case 'J' -> {
                line(row).setLength(Math.min(column, line(row).length()));
                rows.subList(row + 1, rows.size()).clear();
            }
            case 'L' -> {
                line(row);
                for (int i = 0; i < count; i++) {
                    rows.add(row, new StringBuilder());
                }
            }
            case 'M' -> {
                line(row);
                for (int i = 0; i < count && row < rows.size(); i++) {
                    rows.remove(row);
                }
            }
            case 'P' -> {
                StringBuilder line = line(row);
                line.delete(Math.min(column, line.length()), Math.min(column + count, line.length()));
            }
            case '@' -> {
                StringBuilder line = line(row);
                if (column < line.length()) {
                    line.insert(column, " ".repeat(count));
                }
            }
            case 'm', 'h', 'l' -> {} // colours and modes
            default -> throw new IllegalArgumentException("control sequence " + parameter + what);
        }
    }

    private StringBuilder line(int number) {
        while (rows.size() <= number) {
            rows.add(new StringBuilder());
        }
        return rows.get(number);
    }
}
