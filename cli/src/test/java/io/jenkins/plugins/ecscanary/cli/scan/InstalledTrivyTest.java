package io.jenkins.plugins.ecscanary.cli.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.cli.Cli;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real Trivy, with what it can do without a vulnerability database and without a network. */
@Tag("e2e")
@Timeout(300)
class InstalledTrivyTest {

    /** In two parts, so that nobody who scans this repository finds it here. */
    private static final String SECRET = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";

    @TempDir
    private Path directory;

    private Cli cli;

    @BeforeEach
    void scanner() throws IOException {
        String path = System.getenv().getOrDefault("PATH", "");
        assumeTrue(
                Stream.of(path.split(File.pathSeparator)).anyMatch(each -> Files.isExecutable(Path.of(each, "trivy"))),
                "there is no trivy on the PATH: install one to have it tested with");
        cli = new Cli(directory);
        cli.environment.put("PATH", path);
        cli.environment.put("COLUMNS", "200");
        cli.environment.put("HOME", directory.toString());
        cli.environment.put(
                "TMPDIR", Files.createDirectory(directory.resolve("tmp")).toString());
    }

    private JsonNode scan(int exitCode, String... arguments) throws IOException {
        List<String> all = Stream.concat(
                        Stream.of(arguments), Stream.of("--json", "--skip-db-update", "--cache-dir=cache"))
                .toList();
        assertThat(cli.run(all.toArray(String[]::new)))
                .as(cli.err() + cli.out())
                .isEqualTo(exitCode);
        assertThat(cli.out()).doesNotContain(SECRET);
        return new ObjectMapper().readTree(cli.out()).path("result");
    }

    private static List<String> found(JsonNode result, String kind) {
        return StreamSupport.stream(result.path("findings").spliterator(), false)
                .map(judged -> judged.path("finding"))
                .filter(finding -> finding.path("kind").asText().equals(kind))
                .map(finding -> finding.path("severity").asText())
                .toList();
    }

    @Test
    void secretsAndMisconfigurationsOfADirectory() throws IOException {
        Path sources = Files.createDirectory(directory.resolve("sources"));
        Files.writeString(sources.resolve("Dockerfile"), "FROM alpine:latest\nUSER root\nADD . /app\n");
        Files.writeString(sources.resolve("settings.env"), "GITHUB_TOKEN=" + SECRET + "\n");
        JsonNode result =
                scan(11, "scan", "--fs=sources", "--scanners=secret,misconfig,license", "--severity=HIGH,CRITICAL");
        assertThat(result.path("verdict").asText()).isEqualTo("FAILED");
        assertThat(found(result, "secret")).containsExactly("CRITICAL");
        assertThat(found(result, "misconfiguration")).contains("HIGH");
        assertThat(result.at("/subject/imageId").isNull()).isTrue();

        Files.delete(sources.resolve("Dockerfile"));
        Files.writeString(sources.resolve("settings.env"), "NOTHING=here\n");
        assertThat(scan(0, "scan", "--fs=sources", "--scanners=secret,misconfig,license")
                        .path("verdict")
                        .asText())
                .isEqualTo("PASSED");
    }

    /** Each of them would leave the secret out. */
    @Test
    void nothingThatLiesAroundOrIsSetMakesItFindLess() throws IOException {
        Path sources = Files.createDirectory(directory.resolve("sources"));
        Files.writeString(sources.resolve("settings.env"), "GITHUB_TOKEN=" + SECRET + "\n");
        String skip = "scan:\n  skip-files:\n    - settings.env\nseverity:\n  - LOW\n";
        Path configuration = Files.writeString(directory.resolve("trivy.yaml"), skip);
        Files.writeString(directory.resolve(".trivyignore"), "github-pat\n");
        Path rules = Files.writeString(directory.resolve("trivy-secret.yaml"), "disable-rules:\n  - github-pat\n");
        cli.environment.put("TRIVY_CONFIG", configuration.toString());
        cli.environment.put("TRIVY_SECRET_CONFIG", rules.toString());
        cli.environment.put(
                "TRIVY_IGNOREFILE", directory.resolve(".trivyignore").toString());
        cli.environment.put("TRIVY_SKIP_FILES", "settings.env");
        cli.environment.put("TRIVY_SKIP_DIRS", "**");
        cli.environment.put("TRIVY_SEVERITY", "LOW");
        assertThat(found(scan(11, "scan", "--fs=sources", "--scanners=secret"), "secret"))
                .containsExactly("CRITICAL");
        assertThat(cli.err())
                .contains("TRIVY_CONFIG, TRIVY_IGNOREFILE, TRIVY_SECRET_CONFIG, TRIVY_SEVERITY, TRIVY_SKIP_DIRS");
        assertThat(scan(0, "scan", "--fs=sources", "--scanners=secret", "--ignore-file=.trivyignore")
                        .path("notices")
                        .toString())
                .as("only where it is asked for, and then it is told")
                .contains("1 finding was left out by the scanner itself");
    }

    @Test
    void configurationFiles() throws IOException {
        Path sources = Files.createDirectory(directory.resolve("sources"));
        Files.writeString(sources.resolve("Dockerfile"), "FROM alpine:latest\nUSER root\n");
        assertThat(found(scan(11, "scan", "--config-files=sources"), "misconfiguration"))
                .contains("HIGH");
    }

    @Test
    void anImageInAFileIsKnownByTheDigestOfItsConfiguration() throws IOException {
        String id = new ImageArchive()
                .with("etc/os-release", "ID=alpine\nVERSION_ID=3.22.1\nNAME=\"Alpine Linux\"\n")
                .with("etc/alpine-release", "3.22.1\n")
                .with("app/settings.env", "GITHUB_TOKEN=" + SECRET + "\n")
                .with(
                        "app/node_modules/left/package.json",
                        "{\"name\":\"left\",\"version\":\"1.0.0\",\"license\":\"GPL-3.0\"}")
                .write(directory.resolve("web.tar"));
        JsonNode result = scan(
                11,
                "scan",
                "--input=web.tar",
                "--scanners=secret,license",
                "--sarif=web.sarif",
                "--cyclonedx=web.cdx.json",
                "--html=web.html");
        assertThat(result.at("/subject/imageId").asText()).isEqualTo(id);
        assertThat(result.at("/subject/platform").asText()).isEqualTo("linux/amd64");
        assertThat(found(result, "secret")).containsExactly("CRITICAL");
        assertThat(found(result, "license")).containsExactly("HIGH");
        JsonNode sarif =
                new ObjectMapper().readTree(directory.resolve("web.sarif").toFile());
        assertThat(sarif.path("version").asText()).isEqualTo("2.1.0");
        assertThat(sarif.at("/runs/0/results").size()).isPositive();
        assertThat(new ObjectMapper()
                        .readTree(directory.resolve("web.cdx.json").toFile())
                        .path("bomFormat")
                        .asText())
                .isEqualTo("CycloneDX");
        for (String file : List.of("web.sarif", "web.cdx.json", "web.html")) {
            assertThat(Files.readString(directory.resolve(file))).as(file).doesNotContain(SECRET);
        }
        assertThat(directory.resolve("state/ecs-canary/scans/" + id.replace(':', '-')))
                .isDirectory();
    }

    @Test
    void whatItCanNotScanClosesTheGate() throws IOException {
        Files.writeString(directory.resolve("web.tar"), "not an image");
        assertThat(scan(12, "scan", "--input=web.tar", "--scanners=secret")
                        .path("verdict")
                        .asText())
                .isEqualTo("CLOSED");
        assertThat(cli.run("scan", "--input=web.tar", "--scanners=vuln", "--skip-db-update", "--cache-dir=cache"))
                .as("there is no database, and none may be fetched")
                .isEqualTo(12);
        assertThat(cli.out()).contains("CLOSED");
    }
}
