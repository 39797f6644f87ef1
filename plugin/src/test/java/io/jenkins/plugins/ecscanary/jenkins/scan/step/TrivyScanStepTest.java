package io.jenkins.plugins.ecscanary.jenkins.scan.step;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.Functions;
import hudson.model.Result;
import hudson.util.Secret;
import io.jenkins.plugins.ecscanary.engine.scan.ScanResult;
import io.jenkins.plugins.ecscanary.engine.scan.ScanVerdict;
import io.jenkins.plugins.ecscanary.engine.scan.Standing;
import io.jenkins.plugins.ecscanary.jenkins.Pipelines;
import io.jenkins.plugins.ecscanary.jenkins.Until;
import io.jenkins.plugins.ecscanary.jenkins.scan.JobScans;
import io.jenkins.plugins.ecscanary.jenkins.scan.Scans;
import io.jenkins.plugins.ecscanary.jenkins.scan.page.ScanRunAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Scans in whole Pipelines: what passes, what does not, and that nothing else passes. */
@WithJenkins
class TrivyScanStepTest extends WithFakeTrivy {

    private static final String SECRET = "AKIATHESECRETITSELF0";
    private static final String IMAGE_ID = "sha256:" + "1".repeat(64);

    @Test
    void aGoodImagePassesAndIsKept() throws Exception {
        WorkflowRun build = build(Result.SUCCESS, "good", "image: 'shop/web:1'");
        jenkins.assertLogContains("came to PASSED, 0 critical, " + IMAGE_ID, build);
        jenkins.assertLogContains("Trivy 0.74.0 on ", build);
        ScanResult result = result(build);
        assertThat(result.verdict(), is(ScanVerdict.PASSED));
        assertThat(result.origin(), is("scan#1"));
        assertThat(result.findings(), hasSize(1));
        assertThat(Scans.get().store().newest(IMAGE_ID).orElseThrow().verdict(), is(ScanVerdict.PASSED));
        assertThat(JobScans.of(build.getParent()), hasSize(1));
        assertThat(trivy.calls(), containsString("--exit-code 0"));
        assertThat(trivy.calls(), containsString("shop/web:1"));
        // Nothing of it is in the build's record but its id.
        assertThat(Files.readString(build.getRootDir().toPath().resolve("build.xml")), not(containsString("CVE-")));
        assertThat(leftOver(build), is(empty()));
    }

    /** What is temporary is gone. */
    private List<Path> leftOver(WorkflowRun build) throws Exception {
        Path workspaces = jenkins.jenkins.getRootDir().toPath().resolve("workspace");
        try (Stream<Path> all = Files.walk(workspaces)) {
            return all.filter(path -> path.getFileName().toString().startsWith("ecs-canary-scan-"))
                    .toList();
        }
    }

    @Test
    void aVulnerableImageFails() throws Exception {
        WorkflowRun build = build(Result.FAILURE, "vulnerable", "image: 'shop/web:1'");
        jenkins.assertLogContains("The scan's gate is closed: FAILED: ", build);
        jenkins.assertLogContains("CVE-2024-45491", build);
        jenkins.assertLogNotContains("came to PASSED", build);
        assertThat(result(build).verdict(), is(ScanVerdict.FAILED));
        assertThat(result(build).findings(), hasSize(9));
    }

    @Test
    void limitsMakeItUnstableOrLetItThrough() throws Exception {
        WorkflowRun unstable = build(
                Result.UNSTABLE,
                "vulnerable",
                "image: 'shop/web:1', maxFindings: [[severity: 'CRITICAL', atMost: 2, consequence: 'unstable'],"
                        + " [severity: 'HIGH', atMost: 3]]");
        jenkins.assertLogContains("came to UNSTABLE, 3 critical", unstable);
        WorkflowJob job = (WorkflowJob) unstable.getParent();
        job.setDefinition(Pipelines.definition(trivy.pipeline(
                "vulnerable",
                "image: 'shop/web:1', severity: 'CRITICAL', ignoreUnfixed: true,"
                        + " maxFindings: [[severity: 'CRITICAL', atMost: 2]]")));
        WorkflowRun through = jenkins.buildAndAssertSuccess(job);
        jenkins.assertLogContains("came to PASSED, 2 critical", through);
    }

    /** Each ends the step, each with its own reason, and none is taken for a scan. */
    @ParameterizedTest
    @CsvSource({
        "rate, TOOMANYREQUESTS",
        "slow, took longer than its time-out",
        "failed, something new",
        "truncated, report.json",
        "empty, report.json",
        "nothing, wrote no report",
        "no-trivy, there is no Trivy 'trivy' on",
    })
    void whatCouldNotBeJudgedIsNeverOpen(String mode, String reason) throws Exception {
        WorkflowRun build = build(Result.FAILURE, mode, "image: 'shop/web:1'");
        jenkins.assertLogContains("since nothing could be judged", build);
        jenkins.assertLogContains(reason, build);
        jenkins.assertLogNotContains("came to PASSED", build);
        assertThat(JenkinsRule.getLog(build), not(containsString("\u001b[31m")));
        assertThat(result(build).verdict(), is(ScanVerdict.CLOSED));
        assertThat(Scans.get().store().newest(IMAGE_ID).orElse(null), is(nullValue()));
    }

    @Test
    void withoutTrivyItSaysHowToGetIt() throws Exception {
        WorkflowJob job =
                Pipelines.job("none", "node { withEnv(['PATH=/usr/bin:/bin']) { trivyScan(image: 'shop/web:1') } }");
        WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains("install it there as https://trivy.dev says", build);
        jenkins.assertLogContains("Manage Jenkins » Tools » Trivy", build);
    }

    @Test
    void aCompromisedReleaseIsNotRun() throws Exception {
        WorkflowJob job = Pipelines.job(
                "bad",
                "node { " + trivy.env("good", "FAKE_TRIVY_VERSION=0.69.4") + " { trivyScan(image: 'shop/web:1') } }");
        WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains("CVE-2026-33634", build);
        assertThat(trivy.calls(), not(containsString("call image")));
    }

    @Test
    void whatALauncherOrAScannerWouldMisreadIsRefused() throws Exception {
        jenkins.assertLogContains("has a $", build(Result.FAILURE, "good", "image: 'shop/\\$PATH:1'"));
        for (String bad : List.of(
                "image: '--config=x'", "input: '-x.tar'", "image: 'a\\u0007b'", "dbRepository: '-x', image: 'a'")) {
            WorkflowJob job = Pipelines.job("refused-" + Math.abs(bad.hashCode()), trivy.pipeline("good", bad));
            jenkins.buildAndAssertStatus(Result.FAILURE, job);
        }
        assertThat(trivy.calls(), not(containsString("call image")));
    }

    @Test
    void parametersThatMakeNoSenseAreToldBeforeAnythingRuns() throws Exception {
        for (String[] each : new String[][] {
            {"severity: 'HIGH'", "Give one of image, input, fs and reportFile"},
            {"image: 'a', input: 'b'", "there are image and input"},
            {"image: 'a', severity: 'HIGHH'", "did you mean HIGH"},
            {"image: 'a', severity: ''", "no severity has a limit"},
            {"image: 'a', formats: ['pdf']", "there are sarif, cyclonedx and html"},
            {"image: 'a', scanners: 'virus'", "is no scanner"},
            {"image: 'a', timeout: 'soon'", "'soon' is not a time"},
            {"image: 'a', baseline: 'best'", "baseline is 'best'"},
            {"image: 'a', credentialsId: 'x'", "name the server"},
            {"input: 'a.tar', platform: 'linux/arm64'", "name the image, or leave platform out"},
            {"reportFile: 'r.json', platform: 'linux/arm64'", "name the image, or leave platform out"},
            {"image: 'a', maxFindings: [[severity: 'LOW', atMost: 1], [severity: 'low', atMost: 2]]", "twice"},
            {"image: 'a', maxFindings: [[severity: 'LOW', atMost: -1]]", "0 is the least"},
        }) {
            WorkflowJob job = Pipelines.job("wrong-" + Math.abs(each[0].hashCode()), trivy.pipeline("good", each[0]));
            jenkins.assertLogContains(each[1], jenkins.buildAndAssertStatus(Result.FAILURE, job));
        }
        assertThat(trivy.calls(), is(""));
    }

    @Test
    void whatASecretIsAppearsNowhere() throws Exception {
        WorkflowRun build = build(
                Result.FAILURE,
                "vulnerable",
                "image: 'shop/web:1', formats: ['html', 'sarif'], maxFindings: [[severity: 'CRITICAL', atMost: 1]]");
        jenkins.assertLogNotContains(SECRET, build);
        try (Stream<Path> files = Files.walk(build.getRootDir().toPath())) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                assertThat(
                        file.toString(),
                        new String(Files.readAllBytes(file), "ISO-8859-1"),
                        not(containsString(SECRET)));
            }
        }
        for (String page : List.of(
                "scan/", "scan/" + build.getAction(ScanRunAction.class).getIds().get(0) + "/")) {
            assertThat(
                    jenkins.createWebClient()
                            .goTo(build.getUrl() + page)
                            .getWebResponse()
                            .getContentAsString(),
                    not(containsString(SECRET)));
        }
    }

    @Test
    void reportsAreArchived() throws Exception {
        WorkflowRun build =
                build(Result.SUCCESS, "good", "image: 'shop/web:1', formats: ['sarif', 'cyclonedx', 'html']");
        assertThat(
                build.getArtifacts().stream()
                        .map(artifact -> artifact.getFileName())
                        .toList(),
                containsInAnyOrder("trivy-scan-1.sarif", "trivy-scan-1.cdx.json", "trivy-scan-1.html"));
        assertThat(
                Files.readString(build.getArtifactsDir().toPath().resolve("trivy-scan-1.html")),
                containsString("CVE-2024-0001"));
    }

    @Test
    void whatWasAskedForAndCantBeMadeClosesTheGate() throws Exception {
        WorkflowRun build = build(Result.FAILURE, "no-conversion", "image: 'shop/web:1', formats: ['sarif']");
        jenkins.assertLogContains("does not know an option", build);
        assertThat(result(build).verdict(), is(ScanVerdict.CLOSED));
    }

    @Test
    void aReportMadeElsewhereIsJudgedWithoutAScanner() throws Exception {
        String report = Files.readString(trivy.directory().resolve("vulnerable.json"));
        WorkflowJob job = Pipelines.job(
                "given",
                "node { dir('sub') { writeFile file: 'r.json', text: '''"
                        + report.replace("@IMAGE_ID@", IMAGE_ID)
                                .replace("@CREATED_AT@", "2026-11-01T10:00:00Z")
                                .replace("\\", "\\\\")
                        + "'''\n"
                        + "trivyScan(reportFile: 'r.json', severity: 'CRITICAL') } }");
        WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        assertThat(result(build).counted().values().iterator().next(), is(3));
        assertThat(trivy.calls(), is(""));
        job.setDefinition(Pipelines.definition("node { trivyScan(reportFile: 'nowhere.json') }"));
        jenkins.assertLogContains("there is no report", jenkins.buildAndAssertStatus(Result.FAILURE, job));
    }

    @Test
    void waiversLetThroughForAWhileAndAreTold() throws Exception {
        String waivers = Files.readString(trivy.directory().resolve("waivers.yaml"));
        WorkflowJob job = Pipelines.job(
                "waived",
                "node { writeFile file: 'waivers.yaml', text: '''" + waivers + "'''\n" + trivy.env("vulnerable")
                        + " { trivyScan(image: 'shop/web:1', severity: 'CRITICAL', waivers: 'waivers.yaml',"
                        + " maxFindings: [[severity: 'CRITICAL', atMost: 2]]) } }");
        WorkflowRun build = jenkins.buildAndAssertSuccess(job);
        assertThat(
                result(build).count(Standing.WAIVED).values().stream()
                        .mapToInt(Integer::intValue)
                        .sum(),
                is(1));
        jenkins.assertLogContains("CVE-2020-0001", build); // unused
        job.setDefinition(Pipelines.definition("node { writeFile file: 'w.yaml', text: 'waivers: [{id: CVE-1}]'\n"
                + trivy.env("good") + " { trivyScan(image: 'shop/web:1', waivers: 'w.yaml') } }"));
        WorkflowRun wrong = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains("reason", wrong);
        assertThat(result(wrong).verdict(), is(ScanVerdict.CLOSED));
        job.setDefinition(Pipelines.definition(
                "node { " + trivy.env("good") + " { trivyScan(image: 'shop/web:1', waivers: 'nowhere.yaml') } }"));
        jenkins.assertLogContains("there is no file of waivers", jenkins.buildAndAssertStatus(Result.FAILURE, job));
    }

    @Test
    void theServersTokenIsInTheEnvironmentOnly() throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(
                        CredentialsScope.GLOBAL, "token", "", Secret.fromString("the-token-itself")));
        WorkflowRun build = build(
                Result.SUCCESS,
                "good",
                "image: 'shop/web:1', server: 'https://trivy.example:4954', credentialsId: 'token'");
        assertThat(trivy.calls(), containsString("token the-token-itself"));
        assertThat(trivy.calls(), containsString("--server https://trivy.example:4954"));
        assertThat(
                trivy.calls()
                        .lines()
                        .filter(line -> line.startsWith("call"))
                        .toList()
                        .toString(),
                not(containsString("the-token-itself")));
        jenkins.assertLogNotContains("the-token-itself", build);
        WorkflowJob job = (WorkflowJob) build.getParent();
        job.setDefinition(Pipelines.definition(
                trivy.pipeline("good", "image: 'a', server: 'https://trivy.example:4954', credentialsId: 'other'")));
        WorkflowRun other = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains("nothing could be judged: there is no secret text 'other' that scan may use", other);
    }

    /** The last place is one. */
    @Test
    void onlyWhoWaitsIsSaidTo() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try {
            for (int others = 1; others < Scans.AT_ONCE; others++) {
                Scans.get().begin(() -> await(go));
            }
            jenkins.assertLogNotContains("Waits for a place", build(Result.SUCCESS, "good", "image: 'shop/web:1'"));
            Scans.get().begin(() -> await(go));
            WorkflowRun waiting = Pipelines.job("waiting", trivy.pipeline("good", "image: 'shop/web:1'"))
                    .scheduleBuild2(0)
                    .waitForStart();
            jenkins.waitForMessage("Waits for a place: 20 scans are under way", waiting);
            go.countDown();
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(waiting));
        } finally {
            go.countDown();
        }
        Until.holds("all places are free", () -> !Scans.get().busy());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void itRunsWhereTheStepIs() throws Exception {
        jenkins.createOnlineSlave(hudson.model.Label.get("remote"));
        WorkflowJob job = Pipelines.job(
                "where",
                "node('remote') { dir('sub') { decorated { " + trivy.env("good")
                        + " { trivyScan(image: 'shop/web:1', formats: ['html']) } } } }");
        WorkflowRun build = jenkins.buildAndAssertSuccess(job);
        assertThat(trivy.calls(), containsString("/workspace/where/sub"));
        assertThat(trivy.calls(), containsString("decorated yes"));
        assertThat(build.getArtifacts(), hasSize(1));
    }

    @Test
    void howeverMuchItSaysLittleIsShown() throws Exception {
        WorkflowRun build = build(Result.SUCCESS, "loud", "image: 'shop/web:1'");
        jenkins.assertLogContains("line 10 of very many", build);
        jenkins.assertLogContains("it says more than is shown here", build);
        assertThat(JenkinsRule.getLog(build).lines().toList().size(), lessThan(300));
    }

    @Test
    void anAbortStopsTheScanner() throws Exception {
        WorkflowJob job = Pipelines.job("scan", trivy.pipeline("hang", "image: 'shop/web:1'"));
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        ProcessHandle hanging = trivy.hanging();
        build.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        Until.holds("the scanner is gone", () -> !hanging.isAlive());
        jenkins.assertLogNotContains("came to PASSED", build);
        assertThat(leftOver(build), is(empty()));
    }

    @Test
    void hostileNamesAreOneLineEachInTheLog() throws Exception {
        WorkflowRun build = build(Result.FAILURE, "hostile", "image: 'shop/web:1'");
        String log = JenkinsRule.getLog(build);
        assertThat(log, not(containsString("\u001b[31m")));
        assertThat(log, not(containsString(SECRET)));
        assertThat(log.lines().filter(line -> line.equals("Finished: SUCCESS")).toList(), is(empty()));
        assertThat(Functions.isWindows(), is(false)); // the program that stands for Trivy is a shell script
    }
}
