package io.jenkins.plugins.ecscanary.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.cli.Cli;
import io.jenkins.plugins.ecscanary.cli.scan.FakeTrivy;
import io.jenkins.plugins.ecscanary.cli.scan.Reports;
import io.jenkins.plugins.ecscanary.engine.scan.KnownScan;
import io.jenkins.plugins.ecscanary.engine.scan.Scanner;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the scanner that is run here is a shell script")
class ScanCommandTest {

    private static final String SCANNED_AT = "2026-11-23T18:29:00Z";

    @TempDir
    private Path directory;

    private Cli cli;
    private FakeTrivy trivy;

    @BeforeEach
    void scanner() throws IOException {
        cli = new Cli(directory);
        trivy = new FakeTrivy(directory.resolve("bin"));
        cli.environment.put("COLUMNS", "1000");
        cli.environment.put("PATH", trivy.directory() + ":" + System.getenv("PATH"));
        cli.environment.put(
                "TMPDIR", Files.createDirectory(directory.resolve("tmp")).toString());
    }

    private void assertNothingIsLeft() throws IOException {
        try (Stream<Path> left = Files.list(directory.resolve("tmp"))) {
            assertThat(left).isEmpty();
        }
    }

    /** What a deployment that demands a scan would find. */
    private Optional<KnownScan> known(String imageId) throws IOException {
        Files.writeString(
                directory.resolve("deploy.config"),
                "REGION=eu-central-1\nCLUSTER=shop\nSERVICE=web\nREQUIRE_SCAN=true\n");
        cli.scans.clear();
        assertThat(cli.run("deploy", "--task-definition=web:7", "--no-page")).isZero();
        return cli.scans.get(0).newest(imageId);
    }

    @Test
    void anImageInWhichNothingIsFoundPassesAndIsKept() throws IOException {
        trivy.finds(Reports.clean(SCANNED_AT));
        assertThat(cli.run("scan", "shop/web:2.1.0")).as(cli.err()).isZero();
        assertThat(cli.out()).contains("PASSED");
        assertThat(cli.err()).isEmpty();
        assertNothingIsLeft();

        KnownScan kept = known(Reports.IMAGE_ID).orElseThrow();
        assertThat(kept.passed()).isTrue();
        assertThat(kept.at()).isEqualTo(SCANNED_AT);
        assertThat(kept.age()).isEqualTo(Duration.ofMinutes(1));
        assertThat(kept.lookedFor()).containsExactly(Scanner.VULN, Scanner.SECRET);
        assertThat(known("sha256:" + "6".repeat(64))).isEmpty();
    }

    @Test
    void whatIsFoundIsListedAndHasAnExitCodeOfItsOwn() throws IOException {
        trivy.finds(Reports.vulnerable(SCANNED_AT));
        assertThat(cli.run("scan", "shop/web:2.1.0")).isEqualTo(11);
        assertThat(cli.out())
                .contains("FAILED", "CVE-2026-0001", "openssl", "3.5.1-r0", "aws-access-key-id")
                .doesNotContain("TOPSECRET");
        assertThat(known(Reports.IMAGE_ID).orElseThrow().passed()).isFalse();
    }

    @Test
    void theScannerIsRunWithAnArgumentListInADirectoryOfItsOwn() throws IOException {
        trivy.finds(Reports.clean(SCANNED_AT));
        cli.environment.put("TRIVY_TOKEN", "hush");
        cli.environment.put("TRIVY_IGNORE_UNFIXED", "true");
        cli.environment.put("TRIVY_OPTION_OF_LATER", "true");
        cli.environment.put("TRIVY_DB_REPOSITORY", "mirror.example/db:2");
        Files.writeString(directory.resolve("ignored"), "CVE-2026-0001\n");
        assertThat(cli.run(
                        "scan",
                        "web; touch x",
                        "--scanners=secret,license",
                        "--timeout=90s",
                        "--server=http://127.0.0.1:4954",
                        "--platform=linux/arm64",
                        "--ignore-file=ignored",
                        "--skip-db-update",
                        "--db-repository=ghcr.io/aquasecurity/trivy-db:2"))
                .as(cli.err())
                .isZero();
        List<String> run = trivy.runs().get(1);
        assertThat(run)
                .startsWith("image")
                .endsWith("web; touch x")
                .containsSubsequence("--format", "json", "--exit-code", "0", "--timeout", "90s")
                .containsSubsequence(
                        "--ignorefile", directory.resolve("ignored").toString())
                .contains("--secret-config=")
                .containsSubsequence("--scanners", "secret,license")
                .containsSubsequence("--db-repository", "ghcr.io/aquasecurity/trivy-db:2")
                .containsSubsequence("--server", "http://127.0.0.1:4954")
                .containsSubsequence("--platform", "linux/arm64");
        assertThat(String.join(" ", run)).doesNotContain("hush");
        assertThat(trivy.environment())
                .contains("TRIVY_TOKEN=hush", "TRIVY_DISABLE_TELEMETRY=true", "TRIVY_DB_REPOSITORY=mirror.example/db:2")
                .noneMatch(variable -> variable.startsWith("TRIVY_IGNORE_UNFIXED"))
                .noneMatch(variable -> variable.startsWith("TRIVY_OPTION_OF_LATER"));
        assertThat(cli.err()).startsWith("TRIVY_IGNORE_UNFIXED: not handed on to the scanner");
        assertThat(trivy.ranIn().getParent()).isEqualTo(directory.resolve("tmp").toRealPath());
        assertNothingIsLeft();
    }

    /** Where it runs there may be files that say what to leave out. */
    @Test
    void everyRunHasAConfigurationOfOurs() throws IOException {
        trivy.finds(Reports.clean(SCANNED_AT))
                .onScan(
                        """
                previous=
                for argument in "$@"; do
                  if [ "$previous" = --config ]; then cat "$argument" > "$here/configuration"; fi
                  previous=$argument
                done
                cp "$here/found.json" "$output\"""");
        assertThat(cli.run("scan", "web", "--sarif=web.sarif")).as(cli.err()).isZero();
        assertThat(trivy.runs()).hasSize(4).allSatisfy(run -> assertThat(run).contains("--config"));
        String ours = trivy.runs().get(1).get(trivy.runs().get(1).indexOf("--config") + 1);
        assertThat(trivy.runs().get(1))
                .containsSubsequence("--ignorefile", ours)
                .contains("--secret-config=");
        assertThat(Files.readString(trivy.directory().resolve("configuration"))).isEqualTo("{}\n");
        assertNothingIsLeft();
    }

    @Test
    void anArchiveAndDirectories() throws IOException {
        trivy.finds(Reports.clean(SCANNED_AT));
        Path archive = Files.writeString(directory.resolve("web.tar"), "an image");
        assertThat(cli.run("scan", "--input=web.tar")).isZero();
        assertThat(cli.run("scan", "--fs=.")).isZero();
        assertThat(cli.run("scan", "--config-files=bin")).isZero();
        assertThat(trivy.runs().get(1)).startsWith("image").containsSubsequence("--input", archive.toString());
        assertThat(trivy.runs().get(3)).startsWith("fs").endsWith(directory.toString());
        assertThat(trivy.runs().get(5))
                .startsWith("config")
                .endsWith(directory.resolve("bin").toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FATAL Fatal error init error: DB error: failed to download vulnerability DB: TOOMANYREQUESTS: retry-after | no more requests",
                "FATAL image scan error: context deadline exceeded | longer than its time-out",
                "FATAL unable to find the specified image \"web\" in [docker containerd podman remote] | neither in a registry",
                "something never seen | exit code 1, saying last: something never seen",
            })
    void aScannerThatFailsClosesTheGate(String said, String reason) throws IOException {
        trivy.onScan("echo '" + said + "' >&2; exit 1");
        assertThat(cli.run("scan", "web")).isEqualTo(12);
        assertThat(cli.out()).contains("CLOSED", reason);
        assertThat(cli.err()).contains("trivy: " + said);
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exit 0 | has written no report",
                ": > \"$output\" | report.json",
                "head -c 300 \"$here/found.json\" > \"$output\" | report.json",
                "printf 'hello\\377\\000' > \"$output\" | report.json",
                "printf '{\"SchemaVersion\": 3}' > \"$output\" | report.json",
                "kill -9 $$ | killed",
                "cp \"$here/found.json\" \"$output\"; exit 3 | exit code 3",
            })
    void aReportThatTellsNothingClosesTheGate(String does, String reason) throws IOException {
        trivy.finds(Reports.clean(SCANNED_AT)).onScan(does);
        assertThat(cli.run("scan", "web")).isEqualTo(12);
        assertThat(cli.out()).contains("CLOSED").contains(reason);
        assertThat(known(Reports.IMAGE_ID)).isEmpty();
        assertNothingIsLeft();
    }

    /** Its child writes a character and keeps the pipe open: the end of the pipe is the end of the last of them. */
    private String hangs(Path pipe) {
        return "(printf x; exec sleep 600) > '" + pipe + "' & trap '' TERM; wait; wait";
    }

    private static CompletableFuture<Integer> writtenTo(InputStream pipe) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return pipe.read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void aScannerThatHangsIsStoppedWithAllThatItStarted() throws Exception {
        Path pipe = trivy.pipe();
        trivy.onScan(hangs(pipe));
        CompletableFuture<InputStream> opened = opened(pipe);
        assertThat(cli.run("scan", "web", "--timeout=1s")).isEqualTo(12);
        assertThat(cli.out()).contains("CLOSED", "did not end within its time-out of 1 s");
        assertAllAreGone(opened);
    }

    @Test
    void ctrlCStopsTheScannerWithAllThatItStarted() throws Exception {
        Path pipe = trivy.pipe();
        trivy.onScan(hangs(pipe));
        CompletableFuture<InputStream> opened = opened(pipe);
        cli.interruptedWhen(opened);
        assertThat(cli.run("scan", "web")).isEqualTo(12);
        assertThat(cli.out()).contains("CLOSED", "interrupted");
        assertAllAreGone(opened);
    }

    /** Completes when the scanner's child has opened its end. */
    private static CompletableFuture<InputStream> opened(Path pipe) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return Files.newInputStream(pipe);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void assertAllAreGone(CompletableFuture<InputStream> opened) throws Exception {
        try (InputStream pipe = opened.get(30, TimeUnit.SECONDS)) {
            int first = writtenTo(pipe).get(30, TimeUnit.SECONDS);
            int end = first == 'x' ? writtenTo(pipe).get(30, TimeUnit.SECONDS) : first;
            assertThat(end).as("end of the pipe").isEqualTo(-1);
        }
        assertNothingIsLeft();
    }

    @Test
    void withoutAScannerItSaysHowToInstallOne() {
        cli.environment.put("PATH", directory.resolve("nothing") + ":.");
        assertThat(cli.run("scan", "web")).isEqualTo(12);
        assertThat(cli.out()).contains("CLOSED", "there is no trivy on the PATH", "install it");
        assertThat(cli.run("scan", "web", "--trivy=bin/other")).isEqualTo(12);
        assertThat(cli.out()).contains("bin/other can't be run");
        assertThat(cli.run("scan", "web", "--trivy=bin/trivy")).isEqualTo(12);
        assertThat(cli.out()).contains("has written no report");
    }

    @Test
    void aReleaseThatWasTamperedWithIsNotRun() throws IOException {
        trivy.release("0.69.4").finds(Reports.clean(SCANNED_AT));
        assertThat(cli.run("scan", "web")).isEqualTo(12);
        assertThat(cli.out()).contains("CLOSED", "0.69.4 is not used", "CVE-2026-33634");
        assertThat(trivy.runs()).singleElement().satisfies(run -> assertThat(run)
                .startsWith("--version"));
    }

    @Test
    void aProgramThatIsNotTrivyIsNotUsed() throws IOException {
        trivy.onVersion("echo 'usage: trivy FILE'; exit 2");
        assertThat(cli.run("scan", "web")).isEqualTo(12);
        assertThat(cli.out()).contains("does not say which release of Trivy it is (exit code 2)");
        assertThat(trivy.runs()).hasSize(1);
    }

    @Test
    void limitsByConsequence() throws IOException {
        trivy.finds(Reports.vulnerable(SCANNED_AT));
        assertThat(cli.run("scan", "web", "--severity=CRITICAL=1,HIGH=1")).isZero();
        assertThat(cli.run("scan", "web", "--severity=CRITICAL=1,HIGH=0")).isEqualTo(11);
        assertThat(cli.run("scan", "web", "--unstable=CRITICAL")).isEqualTo(13);
        assertThat(cli.out()).contains("UNSTABLE");
        assertThat(known(Reports.IMAGE_ID).orElseThrow().passed()).isFalse();
        assertThat(cli.run("scan", "web", "--unstable=CRITICAL", "--severity=HIGH"))
                .isEqualTo(11);
        assertThat(cli.run("scan", "web", "--severity=LOW")).isEqualTo(11);
        assertThat(cli.run("scan", "web", "--severity=LOW", "--ignore-unfixed")).isZero();
    }

    @Test
    void waiversHaveAReasonAndAnEnd() throws IOException {
        trivy.finds(Reports.vulnerable(SCANNED_AT));
        Path waivers = directory.resolve("waivers.yaml");
        Files.writeString(
                waivers,
                """
                waivers:
                  - id: CVE-2026-0001
                    package: openssl
                    reason: not reachable from outside
                    owner: ann
                    expires: 2026-12-01
                  - id: aws-access-key-id
                    reason: an example
                    owner: ann
                    expires: 2026-12-01
                """);
        assertThat(cli.run("scan", "web", "--waivers=waivers.yaml"))
                .as(cli.err())
                .isZero();
        cli.now = cli.now.plus(Duration.ofDays(30));
        assertThat(cli.run("scan", "web", "--waivers=waivers.yaml")).isEqualTo(11);

        Files.writeString(waivers, "waivers:\n  - id: CVE-2026-0001\n    owner: ann\n    expires: 2026-12-01\n");
        int before = trivy.runs().size();
        assertThat(cli.run("scan", "web", "--waivers=waivers.yaml")).isEqualTo(2);
        assertThat(cli.err()).contains("waivers.yaml", "reason");
        assertThat(trivy.runs()).as("nothing was scanned").hasSize(before);
    }

    @Test
    void onlyWhatIsNewCounts() throws IOException {
        trivy.finds(Reports.vulnerable(SCANNED_AT));
        Files.writeString(directory.resolve("serving.json"), Reports.vulnerable(SCANNED_AT));
        assertThat(cli.run("scan", "web", "--baseline=serving.json"))
                .as(cli.out())
                .isZero();
        assertThat(cli.run("scan", "web")).isEqualTo(11);
        assertThat(cli.run("scan", "web", "--baseline=" + Reports.IMAGE_ID)).isZero();
        assertThat(cli.run("scan", "web", "--baseline=sha256:" + "7".repeat(64)))
                .isEqualTo(2);
        assertThat(cli.err()).contains("no scan of the image sha256:777");
    }

    @Test
    void aReportMadeElsewhereIsJudgedWithoutAScanner() throws IOException {
        cli.environment.put("PATH", "");
        Files.writeString(directory.resolve("r.json"), Reports.clean("2026-11-13T18:30:00Z"));
        assertThat(cli.run("scan", "--report=r.json")).as(cli.out()).isZero();
        assertThat(known(Reports.IMAGE_ID).orElseThrow().lookedFor())
                .as("a report does not say it")
                .isNull();
        assertThat(known(Reports.IMAGE_ID).orElseThrow().age())
                .as("since the scan, not since it was judged")
                .isEqualTo(Duration.ofDays(10));
        Files.writeString(directory.resolve("r.json"), "{}");
        assertThat(cli.run("scan", "--report=r.json")).isEqualTo(12);
        assertThat(cli.out()).contains("CLOSED", "r.json");
    }

    @Test
    void aReportWithoutAnImageIdSatisfiesNothing() throws IOException {
        trivy.finds(Reports.withoutImageId(SCANNED_AT));
        assertThat(cli.run("scan", "web")).isZero();
        assertThat(cli.out()).contains("no image id");
        assertThat(known(Reports.IMAGE_ID)).isEmpty();
    }

    @Test
    void jsonIsOneObject() throws IOException {
        trivy.finds(Reports.vulnerable(SCANNED_AT));
        assertThat(cli.run("scan", "web", "--json")).isEqualTo(11);
        JsonNode json = new ObjectMapper().readTree(cli.out());
        assertThat(json.at("/result/verdict").asText()).isEqualTo("FAILED");
        assertThat(cli.out()).contains("CVE-2026-0001").doesNotContain("TOPSECRET");
        trivy.onScan("exit 1");
        assertThat(cli.run("scan", "web", "--json")).isEqualTo(12);
        assertThat(new ObjectMapper().readTree(cli.out()).at("/result/verdict").asText())
                .isEqualTo("CLOSED");
    }

    @Test
    void otherFormatsAreMadeOfTheSameReportWithoutSecrets() throws IOException {
        trivy.finds(Reports.vulnerable(SCANNED_AT));
        assertThat(cli.run("scan", "web", "--sarif=out.sarif", "--cyclonedx=out.cdx.json", "--html=out.html"))
                .as(cli.err())
                .isEqualTo(11);
        assertThat(trivy.runs().stream().map(run -> run.get(0)).filter("image"::equals))
                .as("one scan")
                .hasSize(1);
        assertThat(Files.readString(directory.resolve("out.sarif")))
                .startsWith("converted: ")
                .contains("CVE-2026-0001")
                .doesNotContain("TOPSECRET");
        assertThat(directory.resolve("out.cdx.json")).exists();
        assertThat(Files.readString(directory.resolve("out.html")))
                .contains("CVE-2026-0001")
                .doesNotContain("TOPSECRET");
        assertNothingIsLeft();
    }

    @Test
    void aScanThatCouldNotBeJudgedHasItsPageAndNothingElse() throws IOException {
        trivy.onScan("exit 1");
        assertThat(cli.run("scan", "web", "--sarif=out.sarif", "--html=out.html"))
                .isEqualTo(12);
        assertThat(directory.resolve("out.sarif")).doesNotExist();
        assertThat(directory.resolve("out.html")).exists();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scan | what is to be scanned?",
                "scan a b | Unmatched argument",
                "scan web --fs=. | only one thing can be scanned at a time",
                "scan --input=no.tar | there is no file",
                "scan --fs=nowhere | there is no directory",
                "scan --report=bin/version --scanners=vuln --timeout=5m | --scanners, --timeout: nothing is scanned with --report",
                "scan web --severity=BAD | 'BAD' is no severity",
                "scan web --severity=HIGH=-1 | at most -1",
                "scan web --severity=HIGH=x | 'x' is no number",
                "scan web --severity=HIGH,HIGH=2 | has a limit already",
                "scan web --severity=HIGH --unstable=HIGH | has a limit already",
                "scan web --scanners=virus | 'virus' is no scanner",
                "scan web --timeout=soon | 'soon' is not a time",
                "scan web --server=user:pw@host | is no URL",
                "scan web --platform=linux | is none such as linux/amd64",
                "scan web --db-repository=-x | starts with -",
                "scan web --waivers=none.yaml | there is no file none.yaml",
                "scan web --baseline=none.json | there is no file",
                "scan web --ignore-file=none | there is no file",
                "scan web --html=. | it is a directory",
                "scan web --sarif=no/such/file | there is no such directory",
                "scan web --findings=-1 | 0 is the least",
            })
    void badInputIsOneClearMessageBeforeAnythingIsRun(String line, String message) throws IOException {
        assertThat(cli.run(line.split(" "))).isEqualTo(2);
        assertThat(cli.err()).startsWith("ecs-canary: ").contains(message).doesNotContain("\tat ");
        assertThat(trivy.runs()).isEmpty();
    }

    @Test
    void namesThatTheScannerWouldTakeForOptionsAreRefused() throws IOException {
        assertThat(cli.run("scan", "--", "--config=evil")).isEqualTo(2);
        assertThat(cli.err()).contains("starts with -");
        assertThat(cli.run("scan", "web\u0007")).isEqualTo(2);
        assertThat(cli.err()).contains("control characters");
        assertThat(trivy.runs()).isEmpty();
    }
}
