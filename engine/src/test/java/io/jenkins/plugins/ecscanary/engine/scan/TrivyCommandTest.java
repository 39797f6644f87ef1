package io.jenkins.plugins.ecscanary.engine.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jenkins.plugins.ecscanary.engine.scan.ScanTarget.Archive;
import io.jenkins.plugins.ecscanary.engine.scan.ScanTarget.Config;
import io.jenkins.plugins.ecscanary.engine.scan.ScanTarget.FileSystem;
import io.jenkins.plugins.ecscanary.engine.scan.ScanTarget.Image;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrivyCommandTest {

    private static List<String> scan(ScanTarget target, TrivyOptions options) {
        return TrivyCommand.scan("trivy", "none.yaml", target, "out.json", options);
    }

    @Test
    void anImage() {
        assertThat(scan(new Image("registry.example/shop:17"), TrivyOptions.DEFAULT))
                .containsExactly(
                        "trivy",
                        "image",
                        "--config",
                        "none.yaml",
                        "--format",
                        "json",
                        "--output",
                        "out.json",
                        "--exit-code",
                        "0",
                        "--timeout",
                        "600s",
                        "--severity",
                        "UNKNOWN,LOW,MEDIUM,HIGH,CRITICAL",
                        "--ignorefile",
                        "none.yaml",
                        "--scanners",
                        "vuln,secret",
                        "--secret-config=",
                        "--ignore-unfixed=false",
                        "--list-all-pkgs",
                        "--show-suppressed",
                        "--no-progress",
                        "registry.example/shop:17");
    }

    @Test
    void everyOption() {
        TrivyOptions options = TrivyOptions.DEFAULT
                .withScanners(List.of(Scanner.LICENSE, Scanner.VULN, Scanner.MISCONFIG, Scanner.VULN))
                .withTimeout(Duration.ofMinutes(5))
                .withSkipDbUpdate(true)
                .withDbRepository("mirror.example:5000/trivy-db:2,ghcr.io/aquasecurity/trivy-db:2")
                .withJavaDbRepository("mirror.example/trivy-java-db:1")
                .withServer("https://trivy.example:4954")
                .withPlatform("linux/arm64/v8")
                .withIgnoreFile("ci/.trivyignore")
                .withCacheDirectory("/var/cache/trivy");
        assertThat(scan(new Image("shop:17"), options))
                .containsSubsequence("--timeout", "300s")
                .containsSubsequence("--cache-dir", "/var/cache/trivy", "--ignorefile", "ci/.trivyignore")
                .containsSubsequence("--scanners", "vuln,misconfig,license")
                .contains("--skip-db-update", "--skip-java-db-update", "--skip-check-update")
                .containsSubsequence(
                        "--db-repository",
                        "mirror.example:5000/trivy-db:2",
                        "--db-repository",
                        "ghcr.io/aquasecurity/trivy-db:2",
                        "--java-db-repository",
                        "mirror.example/trivy-java-db:1",
                        "--server",
                        "https://trivy.example:4954")
                .containsSubsequence("--platform", "linux/arm64/v8")
                .endsWith("shop:17");
    }

    @Test
    void otherTargets() {
        assertThat(scan(new Archive("build/image.tar"), TrivyOptions.DEFAULT))
                .startsWith("trivy", "image")
                .endsWith("--input", "build/image.tar");
        assertThat(scan(new FileSystem("."), TrivyOptions.DEFAULT))
                .startsWith("trivy", "fs")
                .endsWith(".");
        assertThat(scan(new Config("infra"), TrivyOptions.DEFAULT))
                .startsWith("trivy", "config")
                .endsWith("infra")
                .containsSubsequence("--config", "none.yaml", "--exit-code", "0", "--ignorefile", "none.yaml")
                .doesNotContain(
                        "--secret-config=", "--scanners", "--no-progress", "--show-suppressed", "--list-all-pkgs");
    }

    @Test
    void whatIsLookedForIsKnownOfEachTarget() {
        TrivyOptions options = TrivyOptions.DEFAULT.withScanners(List.of(Scanner.SECRET));
        assertThat(TrivyCommand.lookedFor(new Image("a"), options)).containsExactly(Scanner.SECRET);
        assertThat(TrivyCommand.lookedFor(new Config("a"), options)).containsExactly(Scanner.MISCONFIG);
    }

    @Test
    void whatATargetHasNoUseForIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scan(new Config("infra"), TrivyOptions.DEFAULT.withServer("https://trivy.example")))
                .withMessageContaining("takes no server");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scan(new FileSystem("."), TrivyOptions.DEFAULT.withPlatform("linux/amd64")))
                .withMessageContaining("a platform is chosen of an image in a registry");
    }

    /** An argument stays one, whatever is in it: there is no shell. */
    @Test
    void aNameThatAShellWouldActOnIsOneArgument() {
        String name = "$(touch /tmp/x); `id` && \"quoted\" name";
        assertThat(scan(new Image(name), TrivyOptions.DEFAULT)).endsWith(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "-v", "--config=/etc/passwd", "shop\n", "shop\u0000", "sh\u001bop", "\u0085", " shop"})
    void whatTheScannerWouldTakeForSomethingElseIsRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Image(name)).withMessageStartingWith("the image ");
        assertThatIllegalArgumentException().isThrownBy(() -> new Archive(name));
        assertThatIllegalArgumentException().isThrownBy(() -> new FileSystem(name));
        assertThatIllegalArgumentException().isThrownBy(() -> new Config(name));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrivyCommand.scan("trivy", "c", new Image("a"), name, TrivyOptions.DEFAULT));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrivyCommand.scan("trivy", name, new Image("a"), "o", TrivyOptions.DEFAULT));
        assertThatIllegalArgumentException().isThrownBy(() -> TrivyCommand.version(name, "c"));
        assertThatIllegalArgumentException().isThrownBy(() -> TrivyOptions.DEFAULT.withIgnoreFile(name));
        assertThatIllegalArgumentException().isThrownBy(() -> TrivyOptions.DEFAULT.withCacheDirectory(name));
    }

    @Test
    void aRefusalShowsNoControlCharacters() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Image("sh\u001b[2Jop"))
                .withMessage("the image 'sh\\u001b[2Jop' has control characters; remove them");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Image("a".repeat(5000)))
                .withMessage("the image has 5000 characters; at most 4096 are taken");
    }

    @ParameterizedTest
    @CsvSource({"trivy.example", "ftp://trivy.example", "https:///x", "https://ben:secret@trivy.example", "http://a b"})
    void aServerThatIsNoUrlIsRefused(String server) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrivyOptions.DEFAULT.withServer(server))
                .withMessageStartingWith("the server is no URL such as")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    }

    @ParameterizedTest
    @CsvSource({"db", "UPPER/Case", "ghcr.io/x y", "ghcr.io/x:", "-x/y", "ghcr.io//x"})
    void aDatabaseThatIsNoRepositoryIsRefused(String repository) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrivyOptions.DEFAULT.withDbRepository(repository))
                .withMessageContaining("dbRepository");
    }

    @Test
    void otherOptionsAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrivyOptions.DEFAULT.withScanners(List.of()))
                .withMessageContaining("nothing to look for");
        assertThatIllegalArgumentException().isThrownBy(() -> TrivyOptions.DEFAULT.withTimeout(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> TrivyOptions.DEFAULT.withTimeout(Duration.ofDays(2)));
        assertThatIllegalArgumentException().isThrownBy(() -> TrivyOptions.DEFAULT.withPlatform("arm"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scanner.of("vulns"))
                .withMessage(
                        "'vulns' is no scanner; did you mean vuln? (there are vuln, secret, misconfig and license)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScanFormat.of("sarrif"))
                .withMessageContaining("did you mean sarif?");
        assertThatIllegalArgumentException().isThrownBy(() -> Severity.of("blocker"));
        assertThat(Severity.of(" high ")).isEqualTo(Severity.HIGH);
        assertThat(Scanner.of("Secret")).isEqualTo(Scanner.SECRET);
        assertThat(ScanFormat.of("cyclonedx")).isEqualTo(ScanFormat.CYCLONEDX);
    }

    @Test
    void aTokenIsNoArgument() {
        assertThat(TrivyCommand.environment(null)).isEmpty();
        assertThat(TrivyCommand.environment("s3cret")).isEqualTo(Map.of("TRIVY_TOKEN", "s3cret"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrivyCommand.environment("s3cret\n"))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
    }

    @Test
    void otherCommands() {
        assertThat(TrivyCommand.version("/opt/trivy", "none.yaml"))
                .containsExactly("/opt/trivy", "--version", "--config", "none.yaml");
        assertThat(TrivyCommand.convert("trivy", "none.yaml", ScanFormat.SARIF, "report.json", "out.sarif"))
                .containsExactly(
                        "trivy",
                        "convert",
                        "--config",
                        "none.yaml",
                        "--ignorefile",
                        "none.yaml",
                        "--format",
                        "sarif",
                        "--output",
                        "out.sarif",
                        "--exit-code",
                        "0",
                        "report.json");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrivyCommand.convert("trivy", "c", ScanFormat.HTML, "report.json", "out.html"));
    }
}
