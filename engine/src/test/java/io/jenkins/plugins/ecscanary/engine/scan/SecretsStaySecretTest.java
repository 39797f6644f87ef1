package io.jenkins.plugins.ecscanary.engine.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a rule matched, lines of files and the image's environment are in the report and in nothing that is made of it. */
class SecretsStaySecretTest {

    @TempDir
    private Path directory;

    @Test
    void theReportHasThem() {
        assertThat(Reports.EVERYTHING.split(Reports.MATCHED, -1)).hasSizeGreaterThan(5);
    }

    @Test
    void nothingThatIsShownOrKeptHasThem() throws Exception {
        ScanResult result = ScanResultJsonTest.everything();
        assertThat(Reports.read(Reports.EVERYTHING).toString()).doesNotContain(Reports.MATCHED);
        assertThat(result.toString()).doesNotContain(Reports.MATCHED);
        assertThat(new String(ScanResultJson.write(result), StandardCharsets.UTF_8))
                .doesNotContain(Reports.MATCHED);
        assertThat(HtmlReportTest.html(result)).doesNotContain(Reports.MATCHED);
        assertThat(ScanTable.lines(result, 500, 1000)).noneMatch(line -> line.contains(Reports.MATCHED));
        Path kept = new ScanStore(directory).keep(result).orElseThrow();
        assertThat(Files.readString(kept)).doesNotContain(Reports.MATCHED);
    }

    @Test
    void aCopyHasEverythingElse() throws Exception {
        Path report = Files.writeString(directory.resolve("trivy.json"), Reports.EVERYTHING);
        Path copy = directory.resolve("copy.json");
        ReportCopy.withoutSecrets(report, copy);
        assertThat(Files.readString(copy))
                .doesNotContain(Reports.MATCHED, "Env", "history")
                .contains("\"RuleID\":\"aws-access-key-id\"", "\"Match\":\"(removed)\"", "\"architecture\":\"arm64\"")
                .contains("\"Description\":\"OpenSSL 1.1.1 introduced", "\"Packages\":[{\"ID\":\"musl@1.1.22-r3\"");
        assertThat(ReportReader.read(copy)).isEqualTo(Reports.read(Reports.EVERYTHING));
    }

    /** The scanner reads names whatever their case, so that it would find them there. */
    @Test
    void aCopyHasThemUnderNoOtherCase() throws Exception {
        String json = "{\"Results\":[{\"secrets\":[{\"MATCH\":\"x MATCHED\",\"code\":{\"Lines\":[\"MATCHED\"]}}]}]}"
                .replace("MATCHED", Reports.MATCHED);
        Path report = Files.writeString(directory.resolve("trivy.json"), json);
        Path copy = directory.resolve("copy.json");
        ReportCopy.withoutSecrets(report, copy);
        assertThat(Files.readString(copy)).isEqualTo("{\"Results\":[{\"secrets\":[{\"MATCH\":\"(removed)\"}]}]}");
    }

    @Test
    void aCopyOfWhatIsNoReportIsRefused() throws Exception {
        Path report = Files.writeString(directory.resolve("trivy.json"), "{\"Results\": [" + Reports.MATCHED);
        assertThatThrownBy(() -> ReportCopy.withoutSecrets(report, directory.resolve("copy.json")))
                .isInstanceOf(UnreadableReportException.class)
                .hasMessageContaining("there is a word that is no value")
                .hasMessageNotContaining(Reports.MATCHED);
    }

    @Test
    void halfCharactersAreCopiedAsSomethingThatCanBeWritten() throws Exception {
        Path report =
                Files.writeString(directory.resolve("trivy.json"), "{\"a\":\"x\\ud800y\",\"b\":\"\\ud83d\\ude00\"}");
        Path copy = directory.resolve("copy.json");
        ReportCopy.withoutSecrets(report, copy);
        assertThat(Files.readString(copy)).isEqualTo("{\"a\":\"x?y\",\"b\":\"\\uD83D\\uDE00\"}");
    }
}
