package io.jenkins.plugins.ecscanary.shadedjar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ecscanary.engine.config.ConfigException;
import io.jenkins.plugins.ecscanary.engine.scan.Consequence;
import io.jenkins.plugins.ecscanary.engine.scan.Gate;
import io.jenkins.plugins.ecscanary.engine.scan.HtmlReport;
import io.jenkins.plugins.ecscanary.engine.scan.ReportCopy;
import io.jenkins.plugins.ecscanary.engine.scan.ReportReader;
import io.jenkins.plugins.ecscanary.engine.scan.ScanPolicy;
import io.jenkins.plugins.ecscanary.engine.scan.ScanResult;
import io.jenkins.plugins.ecscanary.engine.scan.ScanStore;
import io.jenkins.plugins.ecscanary.engine.scan.ScanTable;
import io.jenkins.plugins.ecscanary.engine.scan.ScanVerdict;
import io.jenkins.plugins.ecscanary.engine.scan.UnreadableReportException;
import io.jenkins.plugins.ecscanary.engine.scan.Waiver;
import io.jenkins.plugins.ecscanary.engine.scan.WaiverFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scans out of the jar, from the report and the waivers to what is kept: YAML and JSON under their other names. */
class ScanInJarIT {

    private static final String IMAGE_ID = "sha256:" + "1".repeat(64);
    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");

    private static final String REPORT =
            """
            { "SchemaVersion": 2, "ArtifactName": "shop:1", "ArtifactType": "container_image",
              "Metadata": { "ImageID": "IMAGE_ID" },
              "Results": [
                { "Target": "shop:1 (debian 12)", "Class": "os-pkgs", "Vulnerabilities": [
                  { "VulnerabilityID": "CVE-1", "PkgName": "openssl", "InstalledVersion": "1", "Severity": "HIGH" },
                  { "VulnerabilityID": "CVE-2", "PkgName": "openssl", "InstalledVersion": "1", "Severity": "HIGH" } ] },
                { "Target": "/app/.env", "Class": "secret", "Secrets": [
                  { "RuleID": "key", "Severity": "LOW", "Title": "Key", "Match": "hunter2" } ] } ] }
            """
                    .replace("IMAGE_ID", IMAGE_ID);

    private static final String WAIVERS =
            """
            waivers:
              - id: CVE-1
                reason: not reachable
                owner: ben
                expires: 2026-12-31
            """;

    @TempDir
    private Path directory;

    @Test
    void aScanIsJudgedShownAndKept() throws Exception {
        Path report = Files.writeString(directory.resolve("trivy.json"), REPORT);
        List<Waiver> waivers = WaiverFile.parse(WAIVERS, "waivers.yaml");
        ScanPolicy policy = ScanPolicy.of("HIGH,CRITICAL", 0, Consequence.FAIL);
        ScanResult result = Gate.judge(ReportReader.read(report), policy, waivers, Optional.empty(), NOW);
        assertThat(result.verdict()).isEqualTo(ScanVerdict.FAILED);
        assertThat(result.cause()).isEqualTo("1 HIGH finding, where none is accepted");

        ScanStore store = new ScanStore(directory.resolve("scans"));
        store.keep(result);
        assertThat(store.newest(IMAGE_ID)).contains(result);
        assertThat(ScanTable.lines(result, 80, 10)).anyMatch(line -> line.contains("CVE-2"));
        StringBuilder html = new StringBuilder();
        HtmlReport.write(result, html);
        assertThat(html).contains("CVE-2", "not reachable").doesNotContain("hunter2");
        Path copy = directory.resolve("copy.json");
        ReportCopy.withoutSecrets(report, copy);
        assertThat(ReportReader.read(copy)).isEqualTo(ReportReader.read(report));
    }

    @Test
    void whatCantBeReadIsRefused() throws Exception {
        Path report = Files.writeString(directory.resolve("trivy.json"), REPORT.substring(0, 300));
        assertThatThrownBy(() -> ReportReader.read(report))
                .isInstanceOf(UnreadableReportException.class)
                .hasMessageContaining("it ends in the middle");
        assertThatThrownBy(() -> WaiverFile.parse("waivers: [", "waivers.yaml"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("waivers.yaml:1: is no YAML");
    }
}
