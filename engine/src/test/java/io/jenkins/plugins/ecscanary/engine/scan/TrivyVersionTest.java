package io.jenkins.plugins.ecscanary.engine.scan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrivyVersionTest {

    @Test
    void theVersionAndTheDatabaseAreRead() {
        String output =
                """
                Version: 0.68.2
                Vulnerability DB:
                  Version: 2
                  UpdatedAt: 2026-06-15 06:31:08.123456789 +0000 UTC
                  NextUpdate: 2026-06-16 06:31:08.123456789 +0000 UTC
                  DownloadedAt: 2026-06-15 07:00:00 +0000 UTC
                Java DB:
                  Version: 1
                  UpdatedAt: 2026-06-14 01:00:00 +0000 UTC
                Check Bundle:
                  Digest: sha256:1111
                """;
        assertThat(TrivyVersion.parse(output))
                .contains(new TrivyVersion("0.68.2", "2026-06-15 06:31:08.123456789 +0000 UTC"));
    }

    @Test
    void withoutADatabaseThereIsOnlyTheVersion() {
        assertThat(TrivyVersion.parse("Version: 0.68.2\r\n")).contains(new TrivyVersion("0.68.2", null));
        assertThat(TrivyVersion.parse("Version: v0.68.2\n")).contains(new TrivyVersion("0.68.2", null));
        assertThat(TrivyVersion.parse("Version: dev\n")).contains(new TrivyVersion("dev", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "grype 0.74.0", "  Version: 2", "Version:", "Version: \u001b[31m"})
    void anotherProgramIsNone(String output) {
        assertThat(TrivyVersion.parse(output)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.69.4", "v0.69.4", " 0.69.4 ", "0.69.4-arm64", "0.69.4+x", "0.69.5", "v0.69.6-amd64"})
    void aReleaseThatWasTamperedWithIsRefusedByName(String version) {
        assertThat(KnownBadReleases.refusal(version)).hasValueSatisfying(refusal -> assertThat(refusal)
                .matches("(?s)Trivy 0\\.69\\.[456] is not used: .*")
                .contains("GHSA-69fq-xp46-6x23", "CVE-2026-33634", "install another release"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.69.3", "0.69.7", "0.70.0", "0.68.2", "0.69.40", "10.69.4", "dev"})
    void othersAreNot(String version) {
        assertThat(KnownBadReleases.refusal(version)).isEmpty();
    }
}
