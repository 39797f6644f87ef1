package io.jenkins.plugins.ecscanary.engine.scan;

import static io.jenkins.plugins.ecscanary.engine.scan.Reports.vulnerability;
import static io.jenkins.plugins.ecscanary.engine.scan.Severity.CRITICAL;
import static io.jenkins.plugins.ecscanary.engine.scan.Severity.HIGH;
import static io.jenkins.plugins.ecscanary.engine.scan.Severity.LOW;
import static io.jenkins.plugins.ecscanary.engine.scan.Severity.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an earlier scan makes known, and so lets pass. */
class BaselineTest {

    private static final ScanPolicy HIGHEST = ScanPolicy.of("CRITICAL", 0, Consequence.FAIL);
    private static final ScanPolicy HIGHER = ScanPolicy.of("HIGH,CRITICAL", 0, Consequence.FAIL);
    private static final ScanPolicy LENIENT = ScanPolicy.of("LOW,HIGH,CRITICAL", 9, Consequence.FAIL);

    private static ScanResult judge(ScanPolicy policy, String... vulnerabilities) {
        return Gate.judge(Reports.ofVulnerabilities(vulnerabilities), policy, List.of(), Optional.empty(), Reports.NOW);
    }

    private static ScanResult against(Baseline baseline, ScanPolicy policy, String... vulnerabilities) {
        return Gate.judge(
                Reports.ofVulnerabilities(vulnerabilities),
                policy.withOnlyNew(true),
                List.of(),
                Optional.of(baseline),
                Reports.NOW);
    }

    private static Baseline accepted(ScanResult... earlier) {
        return Baseline.accepted("build 41", List.of(earlier));
    }

    @Test
    void whatWasBelowEveryLimitWasAcceptedByNobody() {
        ScanResult passed = judge(HIGHEST, vulnerability("CVE-1", "a", HIGH));
        assertThat(passed.passed()).isTrue();
        ScanResult stricter = against(accepted(passed), HIGHER, vulnerability("CVE-1", "a", HIGH));
        assertThat(stricter.verdict()).isEqualTo(ScanVerdict.FAILED);
        assertThat(stricter.cause()).isEqualTo("1 new HIGH finding, where none is accepted");
    }

    @Test
    void whatStayedWithinALimitWasAccepted() {
        ScanResult within = judge(LENIENT, vulnerability("CVE-1", "a", HIGH));
        ScanResult again = against(accepted(within), HIGHER, vulnerability("CVE-1", "a", HIGH));
        assertThat(again.verdict()).isEqualTo(ScanVerdict.PASSED);
        assertThat(against(accepted(again), HIGHER, vulnerability("CVE-1", "a", HIGH))
                        .verdict())
                .as("and is from then on")
                .isEqualTo(ScanVerdict.PASSED);
    }

    @Test
    void whatOneOfSeveralScansAcceptedIsKnown() {
        ScanResult strict = judge(HIGHEST, vulnerability("CVE-1", "a", HIGH));
        ScanResult lenient = judge(LENIENT, vulnerability("CVE-1", "a", HIGH));
        for (Baseline both : List.of(accepted(strict, lenient), accepted(lenient, strict))) {
            assertThat(against(both, HIGHER, vulnerability("CVE-1", "a", HIGH)).verdict())
                    .isEqualTo(ScanVerdict.PASSED);
        }
    }

    @Test
    void whatHasAFixByNowCountsAgain() {
        ScanPolicy fixable = HIGHER.withIgnoreUnfixed(true);
        ScanResult unfixed = judge(fixable, vulnerability("CVE-1", "a", HIGH, ""));
        assertThat(unfixed.passed()).isTrue();
        for (Baseline baseline : List.of(accepted(unfixed), Baseline.served("what serves", unfixed))) {
            assertThat(against(baseline, fixable, vulnerability("CVE-1", "a", HIGH, ""))
                            .verdict())
                    .isEqualTo(ScanVerdict.PASSED);
            assertThat(against(baseline, fixable, vulnerability("CVE-1", "a", HIGH, "2"))
                            .verdict())
                    .isEqualTo(ScanVerdict.FAILED);
        }
    }

    @Test
    void whatBecameWorseCountsAgain() {
        ScanResult low = judge(LENIENT, vulnerability("CVE-1", "a", LOW));
        ScanResult high = judge(LENIENT, vulnerability("CVE-1", "a", HIGH));
        for (boolean serving : new boolean[] {false, true}) {
            Baseline was = serving ? Baseline.served("what serves", low) : accepted(low);
            assertThat(against(was, HIGHER, vulnerability("CVE-1", "a", CRITICAL))
                            .cause())
                    .isEqualTo("1 new CRITICAL finding, where none is accepted");
            was = serving ? Baseline.served("what serves", high) : accepted(high);
            assertThat(against(was, LENIENT, vulnerability("CVE-1", "a", LOW)).findings())
                    .singleElement()
                    .extracting(Judged::standing)
                    .isEqualTo(Standing.KNOWN);
        }
        assertThat(Baseline.served("what serves", judge(HIGHER, vulnerability("CVE-1", "a", UNKNOWN)))
                        .knows(finding(vulnerability("CVE-1", "a", HIGH)), false))
                .isFalse();
    }

    @Test
    void ofTwoFindingsOfOneKeyTheWorseIsKnown() {
        String worse = vulnerability("CVE-1", "a", HIGH, "2");
        String less = vulnerability("CVE-1", "a", LOW, "")
                .replace("\"InstalledVersion\":\"1\"", "\"InstalledVersion\":\"3\"");
        for (Baseline both : List.of(accepted(judge(LENIENT, worse, less)), accepted(judge(LENIENT, less, worse)))) {
            assertThat(both.known().values()).containsExactly(new Baseline.Known(HIGH, true));
        }
    }

    @Test
    void whatServesIsKnownWhateverItWasJudgedBy() {
        Baseline serves = Baseline.served("what serves", judge(HIGHEST, vulnerability("CVE-1", "a", HIGH)));
        assertThat(against(serves, HIGHER, vulnerability("CVE-1", "a", HIGH)).verdict())
                .isEqualTo(ScanVerdict.PASSED);
        assertThat(Baseline.served("what serves", Reports.ofVulnerabilities(vulnerability("CVE-1", "a", HIGH, "")))
                        .known())
                .isEqualTo(Map.of(finding(vulnerability("CVE-1", "a", HIGH)).key(), new Baseline.Known(HIGH, false)));
    }

    @Test
    void toBeToldWhatIsNewASeverityDoesNotMatter() {
        Baseline before = Baseline.of("build 41", judge(HIGHEST, vulnerability("CVE-1", "a", LOW, "")));
        assertThat(before.knows(finding(vulnerability("CVE-1", "a", CRITICAL)), true))
                .isTrue();
    }

    @Test
    void whatWasRefusedAcceptsNothing() {
        ScanResult refused = judge(HIGHER, vulnerability("CVE-1", "a", HIGH));
        ScanResult passed = judge(HIGHEST, vulnerability("CVE-1", "a", HIGH));
        assertThatThrownBy(() -> accepted(passed, refused))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("build 41 let nothing through");
    }

    private static Finding finding(String vulnerability) {
        return Reports.ofVulnerabilities(vulnerability).findings().get(0);
    }
}
