package io.jenkins.plugins.ecscanary.engine.scan;

import static io.jenkins.plugins.ecscanary.engine.scan.Reports.vulnerability;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScanResultJsonTest {

    private static final ScanPolicy POLICY =
            ScanPolicy.of("HIGH,CRITICAL", 0, Consequence.FAIL).withEndOfLife(Consequence.UNSTABLE);

    static ScanResult everything() {
        Waiver waiver = new Waiver("DS002", null, "needed", "ben", LocalDate.of(2026, 12, 31), 7);
        Baseline baseline = new Baseline("build 41", Map.of());
        return Gate.judge(
                        Reports.read(Reports.EVERYTHING.replace(".123456789", "")),
                        POLICY,
                        List.of(waiver),
                        Optional.of(baseline),
                        Reports.NOW)
                .withOrigin("shop#17")
                .withLookedFor(List.of(Scanner.VULN, Scanner.SECRET));
    }

    private static ScanResult again(ScanResult result) throws UnreadableReportException {
        return ScanResultJson.read(ScanResultJson.write(result), "scan.json");
    }

    @Test
    void whatIsWrittenIsReadAgain() throws UnreadableReportException {
        assertThat(again(everything())).isEqualTo(everything());
        ScanResult closed = Gate.closed("the scanner failed", ScanSubject.named("shop:1"), Reports.NOW);
        assertThat(again(closed)).isEqualTo(closed);
    }

    @Test
    void aBaselineOfAStoredResultIsTheSame() throws UnreadableReportException {
        assertThat(Baseline.of("x", again(everything()))).isEqualTo(Baseline.of("x", everything()));
    }

    @Test
    void theFormIsStable() {
        String json = new String(ScanResultJson.write(everything()), StandardCharsets.UTF_8);
        assertThat(json)
                .startsWith("{\"schemaVersion\":1,\"result\":{\"verdict\":\"FAILED\",\"cause\":\"")
                .contains(
                        "\"imageId\":\"" + Reports.IMAGE_ID + "\"",
                        "\"at\":\"2026-06-15T12:00:00.000Z\"",
                        "\"counted\":{\"HIGH\":2,\"CRITICAL\":3}",
                        "\"kind\":\"secret\"",
                        "\"lookedFor\":[\"VULN\",\"SECRET\"]",
                        "\"standing\":\"WAIVED\"",
                        "\"isNew\":true",
                        "\"expires\":\"2026-12-31\"")
                .doesNotContain("\"new\":", "\"key\":");
    }

    @Test
    void membersOfLaterVersionsArePassedOver() throws UnreadableReportException {
        String json = new String(ScanResultJson.write(everything()), StandardCharsets.UTF_8)
                .replace("\"verdict\":", "\"later\":{\"a\":[1]},\"verdict\":");
        assertThat(ScanResultJson.read(json.getBytes(StandardCharsets.UTF_8), "x"))
                .isEqualTo(everything());
    }

    @Test
    void whatWasKeptBeforeItWasRecordedWhatIsLookedForIsRead() throws UnreadableReportException {
        String json = new String(ScanResultJson.write(everything()), StandardCharsets.UTF_8)
                .replace("\"lookedFor\":[\"VULN\",\"SECRET\"],", "");
        assertThat(json).doesNotContain("lookedFor");
        assertThat(ScanResultJson.read(json.getBytes(StandardCharsets.UTF_8), "x"))
                .isEqualTo(everything().withLookedFor(null));
    }

    @Test
    void whatOlderVersionsWroteIsReadAgain() throws UnreadableReportException {
        ScanResult old = ScanResultJson.read(without("since"), "x");
        assertThat(old.baseline()).isEqualTo("build 41");
        assertThat(old).isEqualTo(everything());
        assertThat(ScanResultJson.read(without("repoTags"), "x").subject().repoTags())
                .isEmpty();
        assertThat(ScanResultJson.read(without("minorVersion"), "x")).isEqualTo(everything());
    }

    /** They had the judgement's time where the report had none. */
    @Test
    void whatOlderVersionsCouldNotDateIsUndated() throws UnreadableReportException {
        ScanResult undated = Gate.judge(Reports.read(Reports.CLEAN), POLICY, List.of(), Optional.empty(), Reports.NOW);
        String old = new String(ScanResultJson.write(undated), StandardCharsets.UTF_8)
                .replace("\"scannedAt\":null", "\"scannedAt\":\"2026-06-15T12:00:00.000Z\"");
        assertThat(ScanResultJson.read(old.getBytes(StandardCharsets.UTF_8), "x")
                        .scannedAt())
                .isEqualTo(Reports.NOW);
        String older = old.replace(",\"minorVersion\":1", "");
        assertThat(older).isNotEqualTo(old);
        assertThat(ScanResultJson.read(older.getBytes(StandardCharsets.UTF_8), "x"))
                .isEqualTo(undated);
    }

    /** As it is written, without a member that there was not always. */
    private static byte[] without(String member) {
        String json = new String(ScanResultJson.write(everything()), StandardCharsets.UTF_8);
        String less = json.replaceFirst(",\"" + member + "\":(\"[^\"]*\"|\\[[^\\]]*\\]|\\d+)", "");
        assertThat(less).isNotEqualTo(json);
        return less.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void itsSizeIsBounded() throws UnreadableReportException {
        int many = ScanResultJson.MOST_FINDINGS + 10;
        List<String> findings = Collections.nCopies(many, vulnerability("CVE-1", "a", Severity.LOW));
        ScanReport report = Reports.ofVulnerabilities(findings.toArray(String[]::new));
        ScanResult result = Gate.judge(report, POLICY, List.of(), Optional.empty(), Reports.NOW);
        assertThat(result.findings()).hasSize(many);
        ScanResult stored = again(result);
        assertThat(stored.findings()).hasSize(ScanResultJson.MOST_FINDINGS);
        assertThat(stored.omitted()).isEqualTo(10);
        assertThat(again(stored)).isEqualTo(stored);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"schemaVersion\":1}",
                "{\"schemaVersion\":1,\"result\":null}",
                "{\"schemaVersion\":1,\"result\":{}}",
                "{\"schemaVersion\":1,\"result\":{\"verdict\":\"GOOD\"}}",
                "{\"schemaVersion\":1,\"result\":[]}",
                "not json",
                "{\"SchemaVersion\":2,\"ArtifactName\":\"x\"}"
            })
    void whatIsNoResultIsUnreadable(String json) {
        assertThatThrownBy(() -> ScanResultJson.read(json.getBytes(StandardCharsets.UTF_8), "scan.json"))
                .isInstanceOf(UnreadableReportException.class)
                .hasMessageStartingWith("scan.json: ")
                .hasMessageContaining("remove it");
    }

    @Test
    void whatIsCutOffOrOfALaterSchemaIsUnreadable() {
        String json = new String(ScanResultJson.write(everything()), StandardCharsets.UTF_8);
        assertUnreadable(json.substring(0, json.length() / 2), "is no kept result");
        assertUnreadable(json + "{}", "is no kept result");
        assertUnreadable(json.replace("\"schemaVersion\":1", "\"schemaVersion\":2"), "by a later version");
        assertUnreadable(json.replace("\"kind\":\"secret\"", "\"kind\":\"malware\""), "is no kept result");
        assertUnreadable(json.replaceFirst("\"policy\":\\{.*?\\}\\}?,", "\"policy\":null,"), "is no kept result");
    }

    private static void assertUnreadable(String json, String why) {
        assertThatThrownBy(() -> ScanResultJson.read(json.getBytes(StandardCharsets.UTF_8), "scan.json"))
                .isInstanceOf(UnreadableReportException.class)
                .hasMessageContaining(why);
    }
}
