package io.jenkins.plugins.ecscanary.engine.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.jenkins.plugins.ecscanary.engine.scan.ScanReport.Os;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is understood of Trivy's reports; what is not, {@link HostileReportsTest} has. */
class ReportReaderTest {

    @Test
    void whatWasScannedIsRead() {
        ScanReport report = Reports.read(Reports.EVERYTHING);
        assertThat(report.schemaVersion()).isEqualTo(2);
        assertThat(report.scannerVersion()).isEqualTo("0.68.2");
        assertThat(report.artifactName()).isEqualTo("registry.example/shop:17");
        assertThat(report.artifactType()).isEqualTo("container_image");
        assertThat(report.imageId()).isEqualTo(Reports.IMAGE_ID);
        assertThat(report.platform()).isEqualTo("linux/arm64/v8");
        assertThat(report.os()).isEqualTo(new Os("alpine", "3.10.2", true));
        assertThat(report.createdAt()).isEqualTo(Instant.parse("2026-06-14T07:30:00.123456789Z"));
        assertThat(report.repoTags()).containsExactly("registry.example/shop:17");
        assertThat(report.repoDigests()).singleElement().asString().startsWith("registry.example/shop@sha256:72c4");
        assertThat(report.suppressed()).isEqualTo(1);
        assertThat(report.notices()).isEmpty();
    }

    @Test
    void findingsOfEveryClassAreRead() {
        assertThat(Reports.read(Reports.EVERYTHING).findings())
                .extracting(Finding::kind, Finding::id, Finding::severity, Finding::subject, Finding::place)
                .containsExactly(
                        tuple("vulnerability", "CVE-2019-1549", Severity.MEDIUM, "libssl1.1", "os"),
                        tuple("vulnerability", "CVE-2019-14697", Severity.CRITICAL, "musl", "os"),
                        tuple(
                                "vulnerability",
                                "GHSA-0000-0000-0000",
                                Severity.HIGH,
                                "@scope/left",
                                "app/package-lock.json"),
                        tuple("misconfiguration", "DS002", Severity.HIGH, "Dockerfile", "Dockerfile"),
                        tuple(
                                "misconfiguration",
                                "AVD-AWS-0107",
                                Severity.CRITICAL,
                                "aws_security_group.web",
                                "Dockerfile"),
                        tuple("secret", "aws-access-key-id", Severity.CRITICAL, "/app/.env", "/app/.env"),
                        tuple("license", "GPL-2.0", Severity.HIGH, "musl-utils", "OS Packages"),
                        tuple("license", "Odd", Severity.UNKNOWN, "app/LICENSE", "Loose File License(s)"));
    }

    @Test
    void whatIsSaidOfThemIsRead() {
        ScanReport report = Reports.read(Reports.EVERYTHING);
        assertThat(report.findings().get(0))
                .isEqualTo(new Vulnerability(
                        "CVE-2019-1549",
                        Severity.MEDIUM,
                        "registry.example/shop:17 (alpine 3.10.2)",
                        "os",
                        "libssl1.1",
                        "1.1.1c-r0",
                        "1.1.1d-r0",
                        "fixed",
                        "openssl: information disclosure in fork()",
                        "https://avd.aquasec.com/nvd/cve-2019-1549"));
        assertThat(report.findings().get(3)).isInstanceOfSatisfying(Misconfiguration.class, found -> {
            assertThat(found.line()).isEqualTo(3);
            assertThat(found.resolution()).isEqualTo("Add 'USER <non root user name>' line to the Dockerfile");
        });
        assertThat(report.findings().get(5)).isInstanceOfSatisfying(ExposedSecret.class, found -> {
            assertThat(found.category()).isEqualTo("AWS");
            assertThat(found.startLine()).isEqualTo(2);
        });
    }

    @Test
    void whatIsNoWebAddressIsNoLink() {
        assertThat(Reports.read(Reports.EVERYTHING).findings().get(1).url()).isNull();
        for (String address : new String[] {
            "data:text/html,x", "//example.org/", "https://user:password@example.org/", "https:///x", "http://a b/", "x"
        }) {
            ScanReport report = Reports.ofVulnerabilities(Reports.vulnerability("CVE-1", "a", Severity.LOW)
                    .replace("}", ",\"PrimaryURL\":\"" + address + "\"}"));
            assertThat(report.findings().get(0).url()).as(address).isNull();
        }
    }

    @Test
    void theFirstSchemaHasNoImageId() {
        ScanReport report = Reports.read(Reports.FIRST_SCHEMA);
        assertThat(report.schemaVersion()).isEqualTo(1);
        assertThat(report.artifactName()).isEqualTo("alpine:3.10 (alpine 3.10.2)");
        assertThat(report.imageId()).isNull();
        assertThat(report.createdAt()).isNull();
        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("CVE-2019-1549");
            assertThat(finding.place()).isEqualTo("os");
        });
    }

    @Test
    void aReportWithoutResultsIsClean() {
        assertThat(Reports.read(Reports.CLEAN).findings()).isEmpty();
        assertThat(Reports.read(Reports.CLEAN).platform()).isEqualTo("linux/amd64");
        for (String results : new String[] {"null", "[]", "[{\"Target\":\"x\"}]"}) {
            String json = Reports.CLEAN.replaceFirst("\\{", "{ \"ArtifactName\": \"a\", \"Results\": " + results + ",");
            String once = json.replace("\"ArtifactName\": \"scratch:1\",", "");
            assertThat(Reports.read(once).findings()).as(results).isEmpty();
        }
    }

    /** As tools write it that sort the members of objects: what findings are in comes after them, and so does the version. */
    @Test
    void theOrderOfMembersDoesNotMatter() throws IOException {
        ObjectMapper sorting = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
        String sorted = sorting.writeValueAsString(sorting.readValue(Reports.EVERYTHING, Map.class));
        assertThat(sorted.indexOf("SchemaVersion")).isGreaterThan(sorted.indexOf("Results"));
        assertThat(Reports.read(sorted)).isEqualTo(Reports.read(Reports.EVERYTHING));
    }

    @Test
    void membersOfLaterReleasesArePassedOver() {
        String later = Reports.EVERYTHING
                .replaceFirst("\\{", "{ \"Surprise\": { \"a\": [1, [2], {}] },")
                .replace(
                        "\"Class\": \"secret\",",
                        "\"Class\": \"secret\", \"Malware\": [{ \"Name\": \"x\" }], \"Empty\": [],");
        ScanReport report = Reports.read(later);
        assertThat(report.findings()).isEqualTo(Reports.read(Reports.EVERYTHING).findings());
        assertThat(report.notices())
                .as("what may be findings of a kind that nobody here knows is told")
                .singleElement()
                .asString()
                .contains("Malware")
                .doesNotContain("Empty");
    }

    @Test
    void aKeyIsTheSameInTheNextVersionOfTheImage() {
        String next = Reports.EVERYTHING
                .replace("shop:17", "shop@sha256:" + "2".repeat(64))
                .replace(Reports.IMAGE_ID, "sha256:" + "3".repeat(64))
                .replace("alpine 3.10.2", "alpine 3.10.3")
                .replace("1.1.1c-r0", "1.1.1c-r1");
        assertThat(Reports.read(next).findings())
                .extracting(Finding::key)
                .isEqualTo(Reports.read(Reports.EVERYTHING).findings().stream()
                        .map(Finding::key)
                        .toList())
                .doesNotHaveDuplicates();
    }

    @Test
    void differentFindingsHaveDifferentKeys() {
        ScanReport report = Reports.ofVulnerabilities(
                Reports.vulnerability("CVE-1", "a|b", Severity.LOW),
                Reports.vulnerability("CVE-1|a", "b", Severity.LOW),
                Reports.vulnerability("CVE-1", "a%7Cb", Severity.LOW));
        assertThat(report.findings()).extracting(Finding::key).doesNotHaveDuplicates();
    }

    @Test
    void whoMayFetchARepositoryIsNotShown() {
        ScanReport report = Reports.read(Reports.CLEAN.replace("scratch:1", "https://ben:token@git.example/shop.git"));
        assertThat(report.artifactName()).isEqualTo("https://git.example/shop.git");
    }

    @Test
    void namesAreMadeFitToBeShown() {
        ScanReport report = Reports.ofVulnerabilities(
                Reports.vulnerability("CVE-1", "a\\u001b[31m\\u202egnp\\ud800", Severity.LOW));
        assertThat(report.findings().get(0).subject()).isEqualTo("a\\u001b[31m\\u202egnp\uFFFD");
    }

    @Test
    void aTitleIsCut() {
        ScanReport report = Reports.ofVulnerabilities(Reports.vulnerability("CVE-1", "a", Severity.LOW)
                .replace("}", ",\"Title\":\"" + "t".repeat(5000) + "\"}"));
        assertThat(report.findings().get(0).title()).hasSize(300).endsWith("t…");
    }

    @Test
    void aMarkOfUtf8IsNoProblem() throws UnreadableReportException {
        byte[] marked = ("\uFEFF" + Reports.CLEAN).getBytes(StandardCharsets.UTF_8);
        assertThat(ReportReader.read(new ByteArrayInputStream(marked), "x").findings())
                .isEmpty();
    }

    @Test
    void aStreamIsNotClosed() throws UnreadableReportException {
        boolean[] closed = new boolean[1];
        InputStream in = new ByteArrayInputStream(Reports.CLEAN.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        ReportReader.read(in, "x");
        assertThat(closed[0]).isFalse();
    }

    @Test
    void aFileIsRead(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("trivy.json"), Reports.EVERYTHING);
        assertThat(ReportReader.read(file)).isEqualTo(Reports.read(Reports.EVERYTHING));
        assertUnreadable(directory, "is a directory");
        assertUnreadable(directory.resolve("none.json"), "there is no such file; the scanner wrote none");
        Path wrong = Files.writeString(directory.resolve("wrong.json"), "{");
        assertUnreadable(wrong, wrong + ": it ends in the middle of the report");
    }

    private static void assertUnreadable(Path file, String why) {
        assertThatThrownBy(() -> ReportReader.read(file))
                .isInstanceOf(UnreadableReportException.class)
                .hasMessageContaining(why);
    }

    @Test
    void aStreamThatBreaksOffIsUnreadable() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the agent is gone");
            }
        };
        assertThatThrownBy(() -> ReportReader.read(broken, "report.json"))
                .isInstanceOf(UnreadableReportException.class)
                .hasMessageContaining("report.json: can't be read: java.io.IOException: the agent is gone");
    }
}
