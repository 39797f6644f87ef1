package io.jenkins.plugins.ecscanary.engine.scan;

import static io.jenkins.plugins.ecscanary.engine.scan.Reports.IMAGE_ID;
import static io.jenkins.plugins.ecscanary.engine.scan.Reports.NOW;
import static io.jenkins.plugins.ecscanary.engine.scan.Reports.vulnerability;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanStoreTest {

    private static final ScanPolicy POLICY = ScanPolicy.of("HIGH", 0, Consequence.FAIL);
    private static final String OTHER = "sha256:" + "2".repeat(64);

    @TempDir
    private Path directory;

    private ScanStore store;

    @BeforeEach
    void open() {
        store = new ScanStore(directory.resolve("scans"));
    }

    private static ScanResult result(String imageId, Severity severity, Instant at) {
        ScanReport report = Reports.ofVulnerabilities(vulnerability("CVE-1", "a", severity));
        ScanResult result = Gate.judge(report, POLICY, List.of(), Optional.empty(), at);
        ScanSubject subject =
                new ScanSubject("shop:1", "container_image", imageId, "linux/amd64", List.of(), List.of());
        return new ScanResult(
                result.verdict(),
                result.cause(),
                subject,
                result.scanner(),
                null,
                at,
                at,
                null,
                result.policy(),
                null,
                null,
                result.counted(),
                result.findings(),
                0,
                List.of(),
                List.of());
    }

    private static ScanResult passed(String imageId, Instant at) {
        return result(imageId, Severity.LOW, at);
    }

    private static ScanResult failed(String imageId, Instant at) {
        return result(imageId, Severity.HIGH, at);
    }

    private static Instant hours(long hours) {
        return NOW.plus(Duration.ofHours(hours));
    }

    @Test
    void nothingIsKeptAtFirst() {
        assertThat(store.newest(IMAGE_ID)).isEmpty();
        assertThat(directory.resolve("scans")).doesNotExist();
    }

    @Test
    void whatIsKeptIsFoundByImage() throws IOException {
        store.keep(passed(IMAGE_ID, hours(0)));
        store.keep(failed(IMAGE_ID, hours(1)));
        store.keep(passed(OTHER, hours(2)));
        assertThat(store.newest(IMAGE_ID)).contains(failed(IMAGE_ID, hours(1)));
        assertThat(new ScanStore(directory.resolve("scans")).all(IMAGE_ID))
                .containsExactly(failed(IMAGE_ID, hours(1)), passed(IMAGE_ID, hours(0)));
        assertThat(store.newest(OTHER)).contains(passed(OTHER, hours(2)));
    }

    @Test
    void twoResultsOfOneMomentAreBothKept() throws IOException {
        store.keep(passed(IMAGE_ID, NOW));
        store.keep(passed(IMAGE_ID, NOW));
        assertThat(store.all(IMAGE_ID)).hasSize(2);
    }

    @Test
    void whatHasNoImageIdIsNotKept() throws IOException {
        assertThat(store.keep(passed(null, NOW))).isEmpty();
        assertThat(directory.resolve("scans")).doesNotExist();
    }

    /** Whether it counts is for {@link StoredScans} to say. */
    @Test
    void aScanThatCouldNotBeJudgedIsKeptAsWell() throws IOException {
        store.keep(passed(IMAGE_ID, hours(0)));
        ScanSubject subject = passed(IMAGE_ID, NOW).subject();
        store.keep(Gate.closed("the database can't be fetched", subject, hours(1)));
        assertThat(store.newest(IMAGE_ID)).map(ScanResult::verdict).contains(ScanVerdict.CLOSED);
    }

    @Test
    void theNewestOfAnImageStay() throws IOException {
        for (int i = 0; i < ScanStore.MOST_OF_AN_IMAGE + 3; i++) {
            store.keep(passed(IMAGE_ID, hours(i)));
        }
        assertThat(store.all(IMAGE_ID))
                .hasSize(ScanStore.MOST_OF_AN_IMAGE)
                .last()
                .satisfies(oldest -> assertThat(oldest.at()).isEqualTo(hours(3)));
    }

    @Test
    void theImagesThatWereScannedLastStay() throws IOException {
        ScanStore two = new ScanStore(directory.resolve("scans"), 2);
        String third = "sha256:" + "3".repeat(64);
        two.keep(passed(IMAGE_ID, hours(0)));
        two.keep(passed(OTHER, hours(1)));
        two.keep(passed(IMAGE_ID, hours(2)));
        two.keep(passed(third, hours(3)));
        assertThat(two.all(OTHER)).isEmpty();
        assertThat(two.all(IMAGE_ID)).hasSize(2);
        assertThat(two.all(third)).hasSize(1);
        assertThat(folders()).hasSize(2);
    }

    private List<Path> folders() throws IOException {
        try (Stream<Path> entries = Files.list(directory.resolve("scans"))) {
            return entries.toList();
        }
    }

    @Test
    void whatCantBeReadIsLeftOut() throws IOException {
        Path good = store.keep(passed(IMAGE_ID, hours(0))).orElseThrow();
        Path folder = good.getParent();
        Files.writeString(folder.resolve("20990101T000000.000000000Z-1.json"), "{\"schemaVersion\":1,");
        Files.createDirectory(folder.resolve("20990101T000000.000000000Z-2.json"));
        Files.writeString(folder.resolve("result123.tmp"), "half");
        Files.writeString(folder.resolve("notes.txt"), "x");
        assertThat(store.newest(IMAGE_ID)).contains(passed(IMAGE_ID, hours(0)));
    }

    /** Whoever may write there could put a passed scan under another image's name. */
    @Test
    void aResultOfAnotherImageIsNotTaken() throws IOException {
        Path file = store.keep(passed(OTHER, NOW)).orElseThrow();
        Path folder = Files.createDirectories(directory.resolve("scans").resolve(IMAGE_ID.replace(':', '-')));
        Files.copy(file, folder.resolve(file.getFileName()));
        assertThat(store.all(IMAGE_ID)).isEmpty();
    }

    @Test
    void anIdThatIsNoDigestNamesNoFile() {
        assertThatThrownBy(() -> store.all("../../records"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no image id such as sha256:");
        assertThatThrownBy(() -> store.keep(passed("sha256:1", NOW))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothingIsLeftBehindWhenItCantBeWritten() throws IOException {
        Files.writeString(directory.resolve("scans"), "a file where a directory should be");
        assertThatThrownBy(() -> store.keep(passed(IMAGE_ID, NOW))).isInstanceOf(IOException.class);
        assertThat(store.all(IMAGE_ID)).isEmpty();
    }

    @Test
    void whoeverReadsMeanwhileSeesWholeResults() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            CountDownLatch begin = new CountDownLatch(1);
            List<Future<Path>> kept = new ArrayList<>();
            for (int thread = 0; thread < 2; thread++) {
                for (int i = 0; i < 8; i++) {
                    Instant at = hours(thread * 100L + i);
                    kept.add(threads.submit(() -> {
                        begin.await();
                        return store.keep(passed(IMAGE_ID, at)).orElseThrow();
                    }));
                }
            }
            begin.countDown();
            while (!kept.stream().allMatch(Future::isDone)) {
                assertThat(store.all(IMAGE_ID))
                        .allMatch(result -> result.findings().size() == 1);
            }
            for (Future<Path> each : kept) {
                each.get();
            }
            assertThat(store.all(IMAGE_ID)).hasSizeLessThanOrEqualTo(ScanStore.MOST_OF_AN_IMAGE);
            assertThat(store.newest(IMAGE_ID)).map(ScanResult::at).contains(hours(107));
        } finally {
            threads.shutdownNow();
        }
    }

    /** A host interrupts the thread of a step that is being stopped. */
    @Test
    void anInterruptedThreadKeepsItAsWell() throws IOException {
        Thread.currentThread().interrupt();
        try {
            assertThat(store.keep(passed(IMAGE_ID, NOW))).isPresent();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(store.newest(IMAGE_ID)).isPresent();
    }
}
