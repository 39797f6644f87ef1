package io.jenkins.plugins.ecscanary.engine.scan;

import static io.jenkins.plugins.ecscanary.engine.scan.Reports.vulnerability;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScanTableTest {

    private static final ScanPolicy POLICY = ScanPolicy.of("HIGH,CRITICAL", 0, Consequence.FAIL);

    private static Waiver waiver(String id, String packageName, String expires) {
        return new Waiver(id, packageName, "accepted", "ben", LocalDate.parse(expires), 2);
    }

    @Test
    void itTellsEverythingThatMatters() {
        ScanResult result = Gate.judge(
                Reports.ofVulnerabilities(
                        vulnerability("CVE-1", "openssl", Severity.CRITICAL, "3.0.1")
                                .replace("}", ",\"Title\":\"reads what it should not\"}"),
                        vulnerability("CVE-2", "zlib", Severity.HIGH, ""),
                        vulnerability("CVE-3", "zlib", Severity.HIGH),
                        vulnerability("CVE-4", "musl", Severity.LOW)),
                POLICY,
                List.of(
                        waiver("CVE-3", null, "2026-12-31"),
                        waiver("CVE-1", "openssl", "2026-06-01"),
                        waiver("CVE-9", null, "2026-12-31")),
                Optional.empty(),
                Reports.NOW);
        result = result.withLookedFor(List.of(Scanner.VULN, Scanner.LICENSE));
        assertThat(String.join("\n", ScanTable.lines(result, 100, 20)))
                .isEqualTo(
                        """
                        FAILED: 1 CRITICAL finding, where none is accepted; 1 HIGH finding, where none is accepted
                        scanned  shop:1
                        image    IMAGE_ID
                        by       trivy, 2026-06-15T12:00:00Z
                        for      vuln, license

                        severity     count  accepted    waived     other
                        CRITICAL         1         0         0         0
                        HIGH             1         0         1         0
                        MEDIUM           -       any         0         0
                        LOW              -       any         0         1
                        UNKNOWN          -       any         0         0

                          CRITICAL  CVE-1  openssl  1 -> 3.0.1  reads what it should not
                          HIGH      CVE-2  zlib     1 no fix

                        waived:
                          HIGH      CVE-3  zlib  until 2026-12-31 by ben  1 -> 2
                        waivers that have expired: CVE-1 in openssl (line 2, until 2026-06-01)
                        waivers that nothing needs any more: CVE-9 (line 2, until 2026-12-31)"""
                                .replace("IMAGE_ID", Reports.IMAGE_ID));
    }

    @Test
    void whatCouldNotBeJudgedHasNoTable() {
        ScanResult closed = Gate.closed("the scanner failed", ScanSubject.named("shop:1"), Reports.NOW);
        assertThat(ScanTable.lines(closed, 80, 20))
                .containsExactly(
                        "CLOSED: the scanner failed", "scanned  shop:1", "by       trivy, judged 2026-06-15T12:00:00Z");
    }

    @Test
    void onlySoManyAreListed() {
        String[] many = new String[30];
        for (int i = 0; i < many.length; i++) {
            many[i] = vulnerability("CVE-" + i, "a", Severity.HIGH);
        }
        ScanResult result =
                Gate.judge(Reports.ofVulnerabilities(many), POLICY, List.of(), Optional.empty(), Reports.NOW);
        assertThat(ScanTable.lines(result, 80, 10))
                .filteredOn(line -> line.contains("CVE-"))
                .hasSize(10);
        assertThat(ScanTable.lines(result, 80, 10)).contains("… and 20 more");
        assertThat(ScanTable.lines(result.withAtMost(15), 80, 10)).contains("… and 20 more");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 40, 60, 80, 200})
    void aLineStaysALineWhateverIsInIt(int width) {
        String hostile = "x\\u001b[2J\\r\\n\\u202e" + "\\ud83d\\ude00".repeat(200);
        ScanResult result = Gate.judge(
                Reports.ofVulnerabilities(
                        vulnerability("x\\u001b[2J\\r\\n\\u202e" + "\\ud83d\\ude00".repeat(20), hostile, Severity.HIGH)
                                .replace("}", ",\"Title\":\"" + hostile + "\"}")),
                POLICY,
                List.of(waiver("a\u001b", "b\n", "2026-12-31")),
                Optional.empty(),
                Reports.NOW);
        assertThat(ScanTable.lines(result, width, 20)).allSatisfy(line -> {
            assertThat(line.length()).isLessThanOrEqualTo(Math.max(40, width));
            assertThat(line.codePoints())
                    .noneMatch(Character::isISOControl)
                    .doesNotContain(0x202e)
                    .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
        });
    }
}
