package io.jenkins.plugins.ecscanary.jenkins.scan.page;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;

import io.jenkins.plugins.ecscanary.engine.scan.ScanVerdict;
import io.jenkins.plugins.ecscanary.engine.scan.Severity;
import io.jenkins.plugins.ecscanary.jenkins.scan.ScanLine;
import io.jenkins.plugins.ecscanary.jenkins.scan.page.ScanTrend.Column;
import io.jenkins.plugins.ecscanary.jenkins.scan.page.ScanTrend.Piece;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The chart's geometry. */
class ScanTrendTest {

    private static ScanLine line(int build, int critical, int low, ScanVerdict verdict) {
        Map<Severity, Integer> open = new EnumMap<>(Severity.class);
        for (Severity severity : Severity.values()) {
            open.put(severity, 0);
        }
        open.put(Severity.CRITICAL, critical);
        open.put(Severity.LOW, low);
        return new ScanLine(build, "id-" + build, "shop/web", verdict, Instant.EPOCH, open, 0, 0);
    }

    @Test
    void theScaleIsTheNextRoundNumberThatCanBeHalved() {
        assertThat(
                List.of(0, 1, 2, 3, 4, 5, 10, 11, 21, 41, 100, 101, 399, 401).stream()
                        .map(ScanTrend::round)
                        .toList(),
                is(List.of(2, 2, 2, 4, 4, 10, 10, 20, 40, 100, 100, 200, 400, 1000)));
    }

    @Test
    void columnsStackTheWorstAtTheBottomAndStayInside() {
        ScanTrend trend =
                ScanTrend.of("shop/web", List.of(line(3, 0, 0, ScanVerdict.CLOSED), line(2, 3, 6, ScanVerdict.FAILED)));
        assertThat(trend.getHighest(), is(10));
        Column older = trend.getColumns().get(0);
        assertThat(older.getBuild(), is(2));
        assertThat(older.getText(), containsString("3 CRITICAL, 6 LOW; failed"));
        assertThat(older.getCross(), is(nullValue()));
        List<Piece> pieces = older.getPieces();
        assertThat(pieces.get(0).getTone(), is("critical"));
        double criticalTop = Double.parseDouble(pieces.get(0).getY());
        double lowBottom = Double.parseDouble(pieces.get(1).getY())
                + Double.parseDouble(pieces.get(1).getHeight());
        assertThat(lowBottom, closeTo(criticalTop, 0.11));
        Column closed = trend.getColumns().get(1);
        assertThat(closed.getPieces(), hasSize(0));
        assertThat(closed.isClosed(), is(true));
    }

    @Test
    void manyBuildsKeepTheirPlace() {
        List<ScanLine> newestFirst = new ArrayList<>();
        for (int build = 200; build > 0; build--) {
            newestFirst.add(line(build, build, 1, ScanVerdict.FAILED));
        }
        newestFirst.add(1, line(200, 9999, 0, ScanVerdict.FAILED)); // an earlier scan of the same build
        ScanTrend trend = ScanTrend.of("shop/web", newestFirst);
        assertThat(trend.getColumns(), hasSize(40));
        assertThat(trend.getHighest(), is(400));
        double before = 0;
        for (Column column : trend.getColumns()) {
            for (Piece piece : column.getPieces()) {
                double x = Double.parseDouble(piece.getX());
                assertThat(
                        x, allOf(greaterThanOrEqualTo(before), greaterThanOrEqualTo(44.0), lessThanOrEqualTo(712.0)));
            }
            before = Double.parseDouble(column.getMiddle());
        }
        assertThat(trend.getColumns().get(39).getBuild(), is(200));
        assertThat(trend.getColumns().get(39).isLabelled(), is(true));
    }
}
