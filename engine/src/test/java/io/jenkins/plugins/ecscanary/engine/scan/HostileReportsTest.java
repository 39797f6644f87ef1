package io.jenkins.plugins.ecscanary.engine.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.ecscanary.engine.scan.HostileReports.Hostile;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a report is, it is read as what it says or the gate is closed with a reason. */
class HostileReportsTest {

    static List<Hostile> all() {
        return HostileReports.all();
    }

    @Test
    void thereAreMany() {
        assertThat(all()).hasSizeGreaterThanOrEqualTo(60);
        assertThat(all()).extracting(Hostile::name).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("all")
    void theGateIsClosedWithAReason(Hostile report) {
        Throwable thrown =
                catchThrowable(() -> ReportReader.read(new ByteArrayInputStream(report.json()), "report.json"));
        assertThat(thrown).isInstanceOf(UnreadableReportException.class);
        assertThat(thrown.getMessage())
                .startsWith("report.json: ")
                .contains(report.why())
                .contains("; ") // and what to do
                .hasSizeLessThan(700)
                .matches(message -> message.codePoints().noneMatch(Character::isISOControl), "one line without escapes")
                .doesNotContain(Reports.MATCHED, "Exception", "jackson", "Source:");
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            assertThat(each.toString())
                    .as("what a log would show of the exception")
                    .doesNotContain(Reports.MATCHED);
        }
        ScanResult closed = Gate.closed(thrown.getMessage(), ScanSubject.named("shop:1"), Reports.NOW);
        assertThat(closed.verdict()).isEqualTo(ScanVerdict.CLOSED);
        assertThat(closed.passed()).isFalse();
    }
}
