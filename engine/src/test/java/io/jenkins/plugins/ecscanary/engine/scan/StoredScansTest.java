package io.jenkins.plugins.ecscanary.engine.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredScansTest {

    private static final Instant NOW = Instant.parse("2026-11-23T18:30:00Z");
    private static final String IMAGE_ID = "sha256:" + "c".repeat(64);

    @TempDir
    Path directory;

    private ScanStore store;
    private StoredScans scans;

    @BeforeEach
    void store() {
        store = new ScanStore(directory.resolve("scans"));
        scans = new StoredScans(store, () -> NOW, "in the store");
    }

    private void kept(ScanVerdict verdict, String imageId, Instant scannedAt, Instant judgedAt) throws IOException {
        store.keep(new ScanResult(
                verdict,
                "because",
                new ScanSubject("web", "container_image", imageId, null, List.of(), List.of()),
                "trivy 0.68.2",
                List.of(Scanner.VULN),
                judgedAt,
                scannedAt,
                null,
                ScanPolicy.of("HIGH", 0, Consequence.FAIL),
                null,
                null,
                Map.of(),
                List.of(),
                0,
                List.of(),
                List.of()));
    }

    @Test
    void isDatedByTheScanAndNotByTheJudgement() throws IOException {
        kept(ScanVerdict.PASSED, IMAGE_ID, NOW.minus(Duration.ofDays(9)), NOW);
        assertThat(scans.newest(IMAGE_ID))
                .contains(new KnownScan(
                        IMAGE_ID,
                        true,
                        "because",
                        NOW.minus(Duration.ofDays(9)),
                        Duration.ofDays(9),
                        List.of(Scanner.VULN)));
        assertThat(scans.where()).isEqualTo("in the store");
    }

    @Test
    void anOldReportThatIsJudgedAgainOutdatesNoNewerOne() throws IOException {
        kept(ScanVerdict.FAILED, IMAGE_ID, NOW.minusSeconds(60), NOW.minusSeconds(59));
        kept(ScanVerdict.PASSED, IMAGE_ID, NOW.minus(Duration.ofDays(9)), NOW);
        assertThat(scans.newest(IMAGE_ID).orElseThrow().passed()).isFalse();
    }

    /** What was found since was not known before. */
    @Test
    void aLaterScanThatFailedCounts() throws IOException {
        kept(ScanVerdict.PASSED, IMAGE_ID, NOW.minusSeconds(90), NOW.minusSeconds(90));
        assertThat(scans.newest(IMAGE_ID).orElseThrow().passed()).isTrue();
        kept(ScanVerdict.FAILED, IMAGE_ID, NOW.minusSeconds(60), NOW.minusSeconds(60));
        assertThat(scans.newest(IMAGE_ID).orElseThrow().passed()).isFalse();
        kept(ScanVerdict.PASSED, IMAGE_ID, NOW.minusSeconds(30), NOW.minusSeconds(30));
        assertThat(scans.newest(IMAGE_ID).orElseThrow().passed()).isTrue();
    }

    @Test
    void aScanThatCouldNotBeJudgedChangesNothing() throws IOException {
        kept(ScanVerdict.PASSED, IMAGE_ID, NOW.minusSeconds(90), NOW.minusSeconds(90));
        kept(ScanVerdict.CLOSED, IMAGE_ID, NOW.minusSeconds(60), NOW.minusSeconds(60));
        assertThat(scans.newest(IMAGE_ID)).map(KnownScan::at).contains(NOW.minusSeconds(90));
        assertThat(scans.newest(IMAGE_ID).orElseThrow().passed()).isTrue();
    }

    @Test
    void whatNobodyCanDateOutdatesADatedOneOnlyToTheWorse() throws IOException {
        kept(ScanVerdict.PASSED, IMAGE_ID, null, NOW);
        assertThat(scans.newest(IMAGE_ID))
                .contains(new KnownScan(IMAGE_ID, true, "because", null, null, List.of(Scanner.VULN)));
        kept(ScanVerdict.FAILED, IMAGE_ID, NOW.minusSeconds(60), NOW.minusSeconds(59));
        assertThat(scans.newest(IMAGE_ID).orElseThrow().passed()).isFalse();
        kept(ScanVerdict.PASSED, IMAGE_ID, NOW.minusSeconds(30), NOW.minusSeconds(29));
        assertThat(scans.newest(IMAGE_ID).orElseThrow().at()).isEqualTo(NOW.minusSeconds(30));
        kept(ScanVerdict.FAILED, IMAGE_ID, null, NOW.plusSeconds(1));
        assertThat(scans.newest(IMAGE_ID).orElseThrow().passed()).isFalse();
    }

    @Test
    void ofOneReportTheLastJudgementCounts() throws IOException {
        kept(ScanVerdict.PASSED, IMAGE_ID, NOW.minusSeconds(60), NOW.minusSeconds(10));
        kept(ScanVerdict.FAILED, IMAGE_ID, NOW.minusSeconds(60), NOW.minusSeconds(59));
        assertThat(scans.newest(IMAGE_ID).orElseThrow().passed()).isTrue();
    }

    @Test
    void whatIsUnstableHasNotPassedAndWhatIsClosedSaysNothing() throws IOException {
        assertThat(scans.newest(IMAGE_ID)).isEmpty();
        kept(ScanVerdict.CLOSED, IMAGE_ID, NOW, NOW);
        assertThat(scans.newest(IMAGE_ID)).isEmpty();
        kept(ScanVerdict.UNSTABLE, IMAGE_ID, NOW.minusSeconds(9), NOW);
        assertThat(scans.newest(IMAGE_ID).orElseThrow().passed()).isFalse();
        kept(ScanVerdict.PASSED, "sha256:" + "d".repeat(64), NOW, NOW);
        assertThat(scans.newest(IMAGE_ID).orElseThrow().passed()).isFalse();
    }

    @Test
    void onlyThoseThatCountAreLookedAt() throws IOException {
        kept(ScanVerdict.FAILED, IMAGE_ID, NOW.minus(Duration.ofDays(1)), NOW);
        kept(ScanVerdict.PASSED, IMAGE_ID, NOW.minus(Duration.ofDays(2)), NOW);
        KnownScans passedOnly = new StoredScans(store, () -> NOW, "in the store", ScanResult::passed);
        assertThat(scans.newest(IMAGE_ID))
                .hasValueSatisfying(scan -> assertThat(scan.passed()).isFalse());
        assertThat(passedOnly.newest(IMAGE_ID))
                .hasValueSatisfying(scan -> assertThat(scan.passed()).isTrue());
    }
}
