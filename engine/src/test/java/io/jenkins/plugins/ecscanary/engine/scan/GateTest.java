package io.jenkins.plugins.ecscanary.engine.scan;

import static io.jenkins.plugins.ecscanary.engine.scan.Reports.vulnerability;
import static io.jenkins.plugins.ecscanary.engine.scan.Severity.CRITICAL;
import static io.jenkins.plugins.ecscanary.engine.scan.Severity.HIGH;
import static io.jenkins.plugins.ecscanary.engine.scan.Severity.LOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.ecscanary.engine.scan.WaiverNote.WaiverUse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GateTest {

    private static final ScanPolicy STRICT = ScanPolicy.of("HIGH,CRITICAL", 0, Consequence.FAIL);

    private static ScanResult judge(ScanReport report, ScanPolicy policy, Waiver... waivers) {
        return Gate.judge(report, policy, List.of(waivers), Optional.empty(), Reports.NOW);
    }

    private static ScanReport findings(int critical, int high, int low) {
        return Reports.ofVulnerabilities(Stream.of(
                        Stream.generate(() -> CRITICAL).limit(critical),
                        Stream.generate(() -> HIGH).limit(high),
                        Stream.generate(() -> LOW).limit(low))
                .flatMap(each -> each)
                .map(severity -> vulnerability("CVE-1", "a", severity))
                .toArray(String[]::new));
    }

    static Stream<Arguments> limits() {
        Limit none = new Limit(0, Consequence.FAIL);
        Limit two = new Limit(2, Consequence.FAIL);
        Limit unstable = new Limit(1, Consequence.UNSTABLE);
        return Stream.of(
                row(Map.of(CRITICAL, none), 0, 0, 0, ScanVerdict.PASSED, "no finding of severity CRITICAL counts"),
                row(Map.of(CRITICAL, none), 0, 9, 9, ScanVerdict.PASSED, "no finding of severity CRITICAL counts"),
                row(Map.of(CRITICAL, none), 1, 0, 0, ScanVerdict.FAILED, "1 CRITICAL finding, where none is accepted"),
                row(Map.of(CRITICAL, two), 2, 0, 0, ScanVerdict.PASSED, "within its limit: 2 CRITICAL of 2"),
                row(Map.of(CRITICAL, two), 3, 0, 0, ScanVerdict.FAILED, "3 CRITICAL findings, where 2 are accepted"),
                row(Map.of(HIGH, unstable), 9, 1, 9, ScanVerdict.PASSED, "1 HIGH of 1"),
                row(Map.of(HIGH, unstable), 9, 2, 9, ScanVerdict.UNSTABLE, "2 HIGH findings, where 1 is accepted"),
                row(Map.of(CRITICAL, none, HIGH, unstable), 0, 2, 0, ScanVerdict.UNSTABLE, "2 HIGH"),
                row(Map.of(CRITICAL, none, HIGH, unstable), 1, 1, 0, ScanVerdict.FAILED, "1 CRITICAL"),
                row(
                        Map.of(CRITICAL, none, HIGH, unstable),
                        1,
                        2,
                        0,
                        ScanVerdict.FAILED,
                        "1 CRITICAL finding, where none is accepted; 2 HIGH findings"),
                row(Map.of(LOW, none, HIGH, unstable), 0, 2, 1, ScanVerdict.FAILED, "2 HIGH findings, where 1 is"));
    }

    private static Arguments row(
            Map<Severity, Limit> limits, int critical, int high, int low, ScanVerdict verdict, String cause) {
        return Arguments.of(limits, critical, high, low, verdict, cause);
    }

    @ParameterizedTest
    @MethodSource("limits")
    void limitsDecide(Map<Severity, Limit> limits, int critical, int high, int low, ScanVerdict verdict, String cause) {
        ScanResult result = judge(findings(critical, high, low), new ScanPolicy(limits, false, false, null));
        assertThat(result.verdict()).isEqualTo(verdict);
        assertThat(result.cause()).contains(cause);
        assertThat(result.counted().keySet()).isEqualTo(limits.keySet());
        assertThat(result.findings()).hasSize(critical + high + low);
    }

    @Test
    void findingsOfEveryKindCount() {
        ScanResult result = judge(Reports.read(Reports.EVERYTHING), STRICT);
        assertThat(result.counted()).isEqualTo(Map.of(HIGH, 3, CRITICAL, 3));
        assertThat(result.findings())
                .filteredOn(judged -> judged.standing() == Standing.COUNTED)
                .extracting(judged -> judged.finding().kind())
                .contains("vulnerability", "misconfiguration", "secret", "license");
    }

    @Test
    void whatCountsComesFirst() {
        List<Judged> findings = judge(Reports.read(Reports.EVERYTHING), STRICT).findings();
        assertThat(findings.subList(0, 6)).allMatch(judged -> judged.standing() == Standing.COUNTED);
        assertThat(findings.subList(0, 3)).allMatch(judged -> judged.finding().severity() == CRITICAL);
        assertThat(findings.subList(6, 8)).allMatch(judged -> judged.standing() == Standing.BELOW);
    }

    @Test
    void whatNoVersionFixesCountsUnlessThatIsAskedFor() {
        ScanReport report = Reports.ofVulnerabilities(
                vulnerability("CVE-1", "a", HIGH, ""), vulnerability("CVE-2", "a", CRITICAL, "3"));
        assertThat(judge(report, STRICT).counted()).isEqualTo(Map.of(HIGH, 1, CRITICAL, 1));
        ScanResult fixable = judge(report, STRICT.withIgnoreUnfixed(true));
        assertThat(fixable.counted()).isEqualTo(Map.of(HIGH, 0, CRITICAL, 1));
        assertThat(fixable.findings())
                .extracting(judged -> judged.finding().id(), Judged::standing)
                .containsExactly(tuple("CVE-2", Standing.COUNTED), tuple("CVE-1", Standing.UNFIXED));
        assertThat(judge(Reports.read(Reports.EVERYTHING), STRICT.withIgnoreUnfixed(true))
                        .counted())
                .as("secrets, misconfigurations and licenses have no version that fixes them and count")
                .isEqualTo(Map.of(HIGH, 3, CRITICAL, 2));
    }

    @Test
    void onlyWhatIsNewCounts() {
        ScanReport before = Reports.ofVulnerabilities(vulnerability("CVE-1", "a", HIGH));
        ScanReport after = Reports.ofVulnerabilities(
                vulnerability("CVE-1", "a", HIGH).replace("\"1\"", "\"1.1\""), vulnerability("CVE-1", "b", HIGH));
        Baseline baseline = Baseline.of("build 41", judge(before, STRICT));
        ScanResult result = Gate.judge(after, STRICT.withOnlyNew(true), List.of(), Optional.of(baseline), Reports.NOW);
        assertThat(result.verdict()).isEqualTo(ScanVerdict.FAILED);
        assertThat(result.cause()).isEqualTo("1 new HIGH finding, where none is accepted");
        assertThat(result.baseline()).isEqualTo("build 41");
        assertThat(result.fresh()).isEqualTo(1);
        assertThat(result.findings())
                .extracting(judged -> judged.finding().subject(), Judged::standing, Judged::isNew)
                .containsExactly(tuple("b", Standing.COUNTED, true), tuple("a", Standing.KNOWN, false));
    }

    @Test
    void whatWasWaivedIsNotAcceptedBeyondItsWaiver() {
        ScanReport report = Reports.ofVulnerabilities(vulnerability("CVE-1", "a", HIGH));
        ScanResult waived = judge(report, STRICT, waiver("CVE-1", "a", "2099-01-01"));
        assertThat(waived.verdict()).isEqualTo(ScanVerdict.PASSED);
        Baseline accepted = Baseline.accepted("build 41", List.of(waived));
        ScanResult result = Gate.judge(report, STRICT.withOnlyNew(true), List.of(), Optional.of(accepted), Reports.NOW);
        assertThat(result.verdict()).isEqualTo(ScanVerdict.FAILED);
        assertThat(Baseline.of("build 41", waived).known()).hasSize(1);
    }

    @Test
    void whatIsNewIsMarkedWhereEverythingCounts() {
        ScanReport report = Reports.ofVulnerabilities(vulnerability("CVE-1", "a", HIGH));
        Baseline baseline = new Baseline("build 41", Map.of());
        ScanResult result = Gate.judge(report, STRICT, List.of(), Optional.of(baseline), Reports.NOW);
        assertThat(result.findings()).singleElement().satisfies(judged -> {
            assertThat(judged.standing()).isEqualTo(Standing.COUNTED);
            assertThat(judged.isNew()).isTrue();
        });
        assertThat(result.cause()).isEqualTo("1 HIGH finding, where none is accepted");
    }

    @Test
    void whatIsNewIsToldAgainstSomethingElseThanWhatIsKnown() {
        ScanReport report = Reports.ofVulnerabilities(
                vulnerability("CVE-1", "a", HIGH), vulnerability("CVE-2", "a", HIGH), vulnerability("CVE-3", "a", LOW));
        Baseline serves = Baseline.served("what serves", Reports.ofVulnerabilities(vulnerability("CVE-1", "a", HIGH)));
        ScanResult before = judge(Reports.ofVulnerabilities(vulnerability("CVE-2", "a", HIGH)), STRICT);
        ScanResult result = Gate.judge(
                report,
                STRICT.withOnlyNew(true),
                List.of(),
                Optional.of(serves),
                Optional.of(Baseline.of("build 41", before)),
                Reports.NOW);
        assertThat(result.baseline()).isEqualTo("what serves");
        assertThat(result.since()).isEqualTo("build 41");
        assertThat(result.findings())
                .extracting(judged -> judged.finding().id(), Judged::standing, Judged::isNew)
                .containsExactly(
                        tuple("CVE-2", Standing.COUNTED, false),
                        tuple("CVE-1", Standing.KNOWN, true),
                        tuple("CVE-3", Standing.BELOW, true));
        assertThat(result.fresh()).isEqualTo(2);
        assertThat(Gate.judge(report, STRICT, List.of(), Optional.of(serves), Reports.NOW)
                        .since())
                .isEqualTo("what serves");
    }

    @Test
    void withoutABaselineEverythingCountsAndThatIsSaid() {
        ScanResult result = judge(findings(1, 0, 0), STRICT.withOnlyNew(true));
        assertThat(result.verdict()).isEqualTo(ScanVerdict.FAILED);
        assertThat(result.fresh()).isZero();
        assertThat(result.notices()).singleElement().asString().contains("there is no earlier scan");
    }

    @Test
    void ofWhatCouldNotBeJudgedNothingIsKnown() {
        ScanResult closed = Gate.closed("the scanner failed", ScanSubject.named("shop:1"), Reports.NOW);
        assertThatThrownBy(() -> Baseline.of("build 41", closed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the scan of build 41 could not be judged");
    }

    @Test
    void aWaiverCoversItsFindingInItsPackage() {
        ScanReport report = Reports.ofVulnerabilities(
                vulnerability("CVE-1", "a", HIGH),
                vulnerability("CVE-1", "b", HIGH),
                vulnerability("CVE-2", "a", CRITICAL));
        Waiver here = waiver("CVE-1", "a", "2026-12-31");
        ScanResult result = judge(report, STRICT, here);
        assertThat(result.counted()).isEqualTo(Map.of(HIGH, 1, CRITICAL, 1));
        assertThat(result.waiverNotes()).containsExactly(new WaiverNote(here, WaiverUse.APPLIED, 1));
        Waiver everywhere = waiver("CVE-1", null, "2026-12-31");
        assertThat(judge(report, STRICT, everywhere).counted()).isEqualTo(Map.of(HIGH, 0, CRITICAL, 1));
        assertThat(judge(report, STRICT, everywhere, here).waiverNotes())
                .as("the one for the package goes before")
                .containsExactly(
                        new WaiverNote(everywhere, WaiverUse.APPLIED, 1), new WaiverNote(here, WaiverUse.APPLIED, 1));
        assertThat(judge(report, STRICT, everywhere).findings())
                .filteredOn(judged -> judged.standing() == Standing.WAIVED)
                .hasSize(2)
                .allMatch(judged -> everywhere.equals(judged.waiver()));
    }

    @Test
    void aWaiverHoldsThroughItsLastDay() {
        ScanReport report = findings(1, 0, 0);
        Waiver waiver = waiver("CVE-1", null, "2026-06-15");
        Instant lastMoment = Instant.parse("2026-06-15T23:59:59.999Z");
        Instant next = Instant.parse("2026-06-16T00:00:00Z");
        assertThat(Gate.judge(report, STRICT, List.of(waiver), Optional.empty(), lastMoment)
                        .verdict())
                .isEqualTo(ScanVerdict.PASSED);
        ScanResult expired = Gate.judge(report, STRICT, List.of(waiver), Optional.empty(), next);
        assertThat(expired.verdict()).isEqualTo(ScanVerdict.FAILED);
        assertThat(expired.waiverNotes()).containsExactly(new WaiverNote(waiver, WaiverUse.EXPIRED, 1));
    }

    @Test
    void anExpiredWaiverDoesNotCoverWhatAnotherOneDoes() {
        Waiver expired = waiver("CVE-1", "a", "2026-06-14");
        Waiver holding = waiver("CVE-1", null, "2026-06-15");
        ScanResult result = judge(findings(1, 0, 0), STRICT, expired, holding);
        assertThat(result.verdict()).isEqualTo(ScanVerdict.PASSED);
        assertThat(result.waiverNotes())
                .containsExactly(
                        new WaiverNote(expired, WaiverUse.EXPIRED, 0), new WaiverNote(holding, WaiverUse.APPLIED, 1));
    }

    @Test
    void aWaiverThatNothingNeedsIsNoted() {
        Waiver waiver = waiver("CVE-9", null, "2026-12-31");
        assertThat(judge(findings(0, 0, 1), STRICT, waiver).waiverNotes())
                .containsExactly(new WaiverNote(waiver, WaiverUse.UNUSED, 0));
    }

    @Test
    void secretsAndLicensesCanBeWaivedByFileAndPackage() {
        ScanResult result = judge(
                Reports.read(Reports.EVERYTHING),
                STRICT,
                waiver("aws-access-key-id", "/app/.env", "2026-12-31"),
                waiver("GPL-2.0", "musl-utils", "2026-12-31"),
                waiver("AVD-AWS-0107", "aws_security_group.web", "2026-12-31"));
        assertThat(result.counted()).isEqualTo(Map.of(HIGH, 2, CRITICAL, 1));
    }

    @Test
    void anOperatingSystemWithoutFixesIsToldOrDecides() {
        ScanReport report = Reports.read(Reports.EVERYTHING);
        ScanPolicy lenient = ScanPolicy.of("CRITICAL", 99, Consequence.FAIL);
        ScanResult told = judge(report, lenient);
        assertThat(told.verdict()).isEqualTo(ScanVerdict.PASSED);
        assertThat(told.notices()).anyMatch(notice -> notice.contains("alpine 3.10.2 gets no fixes any more"));
        ScanResult failed = judge(report, lenient.withEndOfLife(Consequence.FAIL));
        assertThat(failed.verdict()).isEqualTo(ScanVerdict.FAILED);
        assertThat(failed.cause()).isEqualTo("alpine 3.10.2 gets no fixes any more");
        assertThat(judge(report, lenient.withEndOfLife(Consequence.UNSTABLE)).verdict())
                .isEqualTo(ScanVerdict.UNSTABLE);
    }

    @Test
    void whatTheScannerLeftOutItselfIsTold() {
        assertThat(judge(Reports.read(Reports.EVERYTHING), STRICT).notices())
                .anyMatch(notice -> notice.startsWith("1 finding was left out by the scanner itself"));
    }

    @Test
    void aReportWithoutAnImageIdSaysThatItLetsNothingPass() {
        assertThat(judge(Reports.read(Reports.FIRST_SCHEMA), STRICT).notices())
                .anyMatch(notice -> notice.contains("has no image id"));
    }

    @Test
    void aScanIsAsOldAsItsReport() {
        ScanReport report = Reports.read(Reports.EVERYTHING);
        assertThat(judge(report, STRICT).scannedAt()).isEqualTo(report.createdAt());
        Instant before = report.createdAt().minus(Duration.ofMinutes(5));
        assertThat(Gate.judge(report, STRICT, List.of(), Optional.empty(), before)
                        .scannedAt())
                .as("a clock that is a little ahead makes no scan younger than now")
                .isEqualTo(before);
    }

    @Test
    void aReportThatNobodyCanDateHasNoAge() {
        ScanResult undated = judge(Reports.read(Reports.CLEAN), STRICT);
        assertThat(undated.scannedAt()).isNull();
        assertThat(undated.notices())
                .singleElement()
                .asString()
                .contains("does not say when it was made", "of at most some age");
        ScanReport report = Reports.read(Reports.EVERYTHING);
        ScanResult future = Gate.judge(
                report,
                STRICT,
                List.of(),
                Optional.empty(),
                report.createdAt().minus(Duration.ofMinutes(5)).minusMillis(1));
        assertThat(future.scannedAt()).isNull();
        assertThat(future.notices()).anyMatch(notice -> notice.contains("is dated in the future (2026-06-14T07:30:00"));
    }

    @Test
    void aScanThatWasWatchedIsNoOlderThanThat() {
        Instant began = Reports.NOW.minusSeconds(60);
        ScanReport undated = Reports.read(Reports.CLEAN);
        assertThat(undated.madeBetween(began, Reports.NOW).createdAt()).isEqualTo(began);
        ScanReport dated = Reports.read(Reports.EVERYTHING);
        assertThat(dated.madeBetween(began, Reports.NOW)).isSameAs(dated);
        Instant before = dated.createdAt().minusMillis(1);
        assertThat(dated.madeBetween(before.minusSeconds(60), before).createdAt())
                .as("its clock is ahead")
                .isEqualTo(before.minusSeconds(60));
    }

    @Test
    void theSubjectIsTheReports() {
        ScanResult result = judge(Reports.read(Reports.EVERYTHING), STRICT).withOrigin("shop#17");
        assertThat(result.subject().imageId()).isEqualTo(Reports.IMAGE_ID);
        assertThat(result.scanner()).isEqualTo("trivy 0.68.2");
        assertThat(result.origin()).isEqualTo("shop#17");
    }

    @Test
    void aGateThatCouldNotCloseIsRefused() {
        assertThatThrownBy(() -> new ScanPolicy(Map.of(), false, false, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no severity has a limit");
        assertThatThrownBy(() -> ScanPolicy.of("HIGH,CRTICAL", 0, Consequence.FAIL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'CRTICAL' is no severity; did you mean CRITICAL?");
        assertThatThrownBy(() -> ScanPolicy.of("", 0, Consequence.FAIL)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Limit(-1, Consequence.FAIL)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Waiver waiver(String id, String packageName, String expires) {
        return new Waiver(id, packageName, "accepted", "ben", LocalDate.parse(expires), 2);
    }
}
