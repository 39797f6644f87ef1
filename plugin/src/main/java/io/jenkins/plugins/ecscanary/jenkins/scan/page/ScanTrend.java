package io.jenkins.plugins.ecscanary.jenkins.scan.page;

import io.jenkins.plugins.ecscanary.engine.scan.ScanVerdict;
import io.jenkins.plugins.ecscanary.engine.scan.Severity;
import io.jenkins.plugins.ecscanary.jenkins.run.OneLine;
import io.jenkins.plugins.ecscanary.jenkins.scan.ScanLine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The findings of one thing over the builds that scanned it, as the parts of an SVG of {@value #WIDTH} by {@value #HEIGHT}: a
 * column for each build, in it a piece for each severity, the worst at the bottom, where the eye compares best.
 */
public final class ScanTrend {

    static final int WIDTH = 720;
    static final int HEIGHT = 190;
    static final int LEFT = 44;
    static final int RIGHT = 8;
    static final int TOP = 10;
    static final int BOTTOM = 24;

    private static final int MOST_BUILDS = 40;
    private static final int WIDEST = 28;
    private static final int LABELS = 10;
    private static final double GAP = 0.25;

    private final String name;
    private final List<Column> columns;
    private final int highest;

    private ScanTrend(String name, List<Column> columns, int highest) {
        this.name = name;
        this.columns = columns;
        this.highest = highest;
    }

    /** A build. {@code address} is below the job's; {@code middle} where its number stands. */
    public record Column(
            int build,
            String address,
            String text,
            boolean closed,
            String cross,
            String middle,
            boolean labelled,
            List<Piece> pieces) {
        public int getBuild() {
            return build;
        }

        public String getAddress() {
            return address;
        }

        public String getText() {
            return text;
        }

        public boolean isClosed() {
            return closed;
        }

        public String getCross() {
            return cross;
        }

        public String getMiddle() {
            return middle;
        }

        public boolean isLabelled() {
            return labelled;
        }

        public List<Piece> getPieces() {
            return pieces;
        }
    }

    /** A severity's share of a column. */
    public record Piece(String tone, String x, String y, String width, String height) {
        public String getTone() {
            return tone;
        }

        public String getX() {
            return x;
        }

        public String getY() {
            return y;
        }

        public String getWidth() {
            return width;
        }

        public String getHeight() {
            return height;
        }
    }

    /** @param newestFirst all of one name; of a build that scanned it more than once, the last counts */
    static ScanTrend of(String name, List<ScanLine> newestFirst) {
        List<ScanLine> shown = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        for (ScanLine line : newestFirst) {
            if (seen.add(line.build()) && shown.size() < MOST_BUILDS) {
                shown.add(line);
            }
        }
        Collections.reverse(shown);
        int highest = round(shown.stream().mapToInt(ScanTrend::total).max().orElse(0));
        double step = (WIDTH - LEFT - RIGHT) / (double) Math.max(shown.size(), 1);
        double width = Math.min(WIDEST, step * (1 - GAP));
        int every = Math.max(1, (shown.size() + LABELS - 1) / LABELS);
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            double middle = LEFT + step * (i + 0.5);
            boolean labelled = (shown.size() - 1 - i) % every == 0;
            columns.add(column(shown.get(i), middle, width, highest, labelled));
        }
        return new ScanTrend(name, List.copyOf(columns), highest);
    }

    private static Column column(ScanLine line, double middle, double width, int highest, boolean labelled) {
        List<Piece> pieces = new ArrayList<>();
        double bottom = HEIGHT - BOTTOM;
        for (int i = Severity.values().length - 1; i >= 0; i--) {
            Severity severity = Severity.values()[i];
            int count = line.open().get(severity);
            if (count > 0) {
                double height = count / (double) highest * (HEIGHT - TOP - BOTTOM);
                bottom -= height;
                pieces.add(new Piece(
                        severity.name().toLowerCase(Locale.ROOT),
                        number(middle - width / 2),
                        number(bottom),
                        number(width),
                        number(height)));
            }
        }
        boolean closed = line.verdict() == ScanVerdict.CLOSED;
        return new Column(
                line.build(),
                line.build() + "/" + ScanRunAction.URL_NAME + "/" + line.id() + "/",
                Messages.ScanTrend_Column(line.build(), ScanLineRow.text(line), Verdicts.words(line.verdict())),
                closed,
                closed ? cross(middle, HEIGHT - BOTTOM - 8) : null,
                number(middle),
                labelled,
                pieces);
    }

    private static String cross(double x, double y) {
        return String.format(
                Locale.ROOT,
                "M%.1f %.1fL%.1f %.1fM%.1f %.1fL%.1f %.1f",
                x - 4,
                y - 4,
                x + 4,
                y + 4,
                x - 4,
                y + 4,
                x + 4,
                y - 4);
    }

    private static int total(ScanLine line) {
        return line.open().values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The least of 2, 4, 10, 20, 40, 100 … that is not below it, so that half of it is a whole number. */
    static int round(int count) {
        int round = 2;
        while (round < count) {
            int digit = Integer.parseInt(Integer.toString(round).substring(0, 1));
            round = digit == 4 ? round / 4 * 10 : round * 2;
        }
        return round;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    public String getName() {
        return OneLine.of(name);
    }

    public List<Column> getColumns() {
        return columns;
    }

    /** What the upper line stands for. */
    public int getHighest() {
        return highest;
    }

    public int getHalf() {
        return highest / 2;
    }

    /** For who does not see it. */
    public String getText() {
        Column last = columns.get(columns.size() - 1);
        return Messages.ScanTrend_Text(getName(), columns.size(), last.text());
    }
}
