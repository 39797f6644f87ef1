package io.jenkins.plugins.ecscanary.jenkins.scan.step;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.jenkins.plugins.ecscanary.jenkins.Pipelines;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Every parameter about the scanner gets to the scanner. */
@WithJenkins
class TrivyScanArgumentsTest extends WithFakeTrivy {

    /** How the scanner is called to scan. */
    private String call(String parameters) throws Exception {
        Files.deleteIfExists(trivy.directory().resolve("calls"));
        jenkins.buildAndAssertSuccess(
                Pipelines.job("scan-" + Math.abs(parameters.hashCode()), trivy.pipeline("good", parameters)));
        List<String> calls = trivy.calls()
                .lines()
                .filter(line -> line.startsWith("call ") && !line.startsWith("call --version"))
                .toList();
        assertThat(calls, hasSize(1));
        return calls.get(0);
    }

    @Test
    void theyAreHandedOn() throws Exception {
        assertThat(
                call("image: 'shop/web:1'"),
                allOf(
                        startsWith("call image "),
                        containsString(" --scanners vuln,secret "),
                        containsString(" --timeout 300s "),
                        not(containsString("-db-update")),
                        not(containsString("--db-repository")),
                        not(containsString("--platform")),
                        not(containsString("--server")),
                        endsWith(" shop/web:1")));
        assertThat(
                call("image: 'shop/web:1', platform: 'linux/arm64', ignoreFile: 'ci/ignored', timeout: '90s'"),
                allOf(
                        startsWith("call image "),
                        containsString(" --platform linux/arm64 "),
                        matchesPattern(".* --ignorefile[= ]\\S*ci/ignored .*"),
                        containsString(" --timeout 90s "),
                        endsWith(" shop/web:1")));
        assertThat(
                call("input: 'build/web.tar', scanners: 'license, vuln', skipDbUpdate: true,"
                        + " dbRepository: 'mirror.example/db:2,ghcr.io/aquasecurity/trivy-db:2'"),
                allOf(
                        startsWith("call image "),
                        matchesPattern(".* --input \\S*build/web\\.tar"),
                        containsString(" --scanners vuln,license "),
                        containsString(" --skip-db-update --skip-java-db-update "),
                        containsString(
                                " --db-repository mirror.example/db:2 --db-repository ghcr.io/aquasecurity/trivy-db:2 ")));
        assertThat(
                call("fs: 'src', scanners: 'misconfig', skipDbUpdate: true"),
                allOf(
                        startsWith("call fs "),
                        containsString(" --scanners misconfig "),
                        containsString(" --skip-check-update "),
                        matchesPattern(".* \\S*src")));
    }
}
