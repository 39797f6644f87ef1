package io.jenkins.plugins.ecscanary.jenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import hudson.model.Result;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.engine.scan.ScanResult;
import io.jenkins.plugins.ecscanary.engine.scan.ScanVerdict;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Deployments;
import io.jenkins.plugins.ecscanary.jenkins.scan.BuildScans;
import io.jenkins.plugins.ecscanary.jenkins.scan.InstalledTrivy;
import io.jenkins.plugins.ecscanary.jenkins.scan.ScannableImage;
import io.jenkins.plugins.ecscanary.jenkins.scan.page.ScanRunAction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Scan, push, deployment with a real Trivy, with what it can do without a vulnerability database and without a network. Left out
 * where there is none.
 */
@WithJenkins
class InstalledTrivyTest {

    /** In two parts, so that nobody who scans this repository finds it here. */
    private static final String SECRET = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";

    private static final String SCAN =
            "trivyScan(input: 'web.tar', scanners: 'secret,misconfig,license', skipDbUpdate: true, formats: ['sarif', 'html'])";

    /** A scanner keeps a machine busy, and tasks that don't answer in time are not healthy. */
    private static final int UNHURRIED = 20;

    private static Path trivy;
    private static LocalAwsProcess aws;

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;

    @BeforeAll
    static void startAws() {
        trivy = InstalledTrivy.directory();
        aws = LocalAwsProcess.start(UNHURRIED);
    }

    @AfterAll
    static void stopAws() {
        if (aws != null) {
            aws.close();
        }
    }

    @BeforeEach
    void allow(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Pipelines.allow(aws);
    }

    /** Makes an image's archive, and a program that pushes that very image. */
    private ScannableImage image(String tag, String settings) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("etc/os-release", "ID=alpine\nVERSION_ID=3.22.1\nNAME=\"Alpine Linux\"\n");
        files.put("etc/alpine-release", "3.22.1\n");
        files.put("app/settings.env", settings + "\n");
        ScannableImage image = ScannableImage.of(LocalAwsProcess.app(), tag, files);
        image.save(directory.resolve("saved.tar"));
        Path layer = directory.resolve("layer");
        image.writeLayer(layer);
        aws.writePush(directory.resolve("push-image"), layer, tag, Map.of("APP_VERSION", tag));
        return image;
    }

    /** @param around what is done with the scan, such as {@code catchError {%s}} */
    private String pipeline(String tag, String around, String... environment) {
        StringBuilder all = new StringBuilder(
                        "'PATH+TRIVY=" + trivy + "', 'TRIVY_CACHE_DIR=" + directory.resolve("cache"))
                .append('\'');
        for (String one : environment) {
            all.append(", '").append(one).append('\'');
        }
        return "node {\n"
                + "  sh 'cp " + directory.resolve("saved.tar") + " web.tar'\n"
                + "  withEnv([" + all + "]) { " + around.formatted(SCAN) + " }\n"
                + "  sh '" + directory.resolve("push-image") + "'\n"
                + "}\n"
                + "ecsCanaryDeploy(" + Pipelines.parameters(aws, LocalAwsProcess.REPOSITORY + ":" + tag)
                + ", traffic: allAtOnce(), requireScan: true)\n";
    }

    private static ScanResult scan(WorkflowRun build) throws Exception {
        return BuildScans.read(
                        build, build.getAction(ScanRunAction.class).getIds().get(0))
                .orElseThrow();
    }

    private static RecordSummary last() {
        return Deployments.get().records().history().get(0);
    }

    @Test
    void aGoodImageIsScannedPushedAndDeployed() throws Exception {
        ScannableImage image = image("good", "NOTHING=here");
        WorkflowRun build = jenkins.buildAndAssertSuccess(Pipelines.job("good", pipeline("good", "%s")));
        assertThat(scan(build).verdict(), is(ScanVerdict.PASSED));
        assertThat(scan(build).subject().imageId(), is(image.id()));
        assertThat(AwsJson.imageId(aws, "good"), is(image.id()));
        jenkins.assertLogContains("passed its scan (image id " + image.id(), build);
        jenkins.assertLogContains("looked for: secret, misconfig, license", build);
        jenkins.assertLogContains("which did not look for vulnerabilities", build);
        assertThat(last().verdict().outcome(), is(Outcome.PROMOTED));
        assertThat(build.getArtifacts().size(), is(2));
    }

    @Test
    void anImageWithASecretInItIsNotEvenPushed() throws Exception {
        image("leaking", "GITHUB_TOKEN=" + SECRET);
        List<String> before = aws.deploymentsAskedFor();
        WorkflowRun build =
                jenkins.buildAndAssertStatus(Result.FAILURE, Pipelines.job("leaking", pipeline("leaking", "%s")));
        jenkins.assertLogContains("The scan's gate is closed: FAILED: 1 CRITICAL finding", build);
        jenkins.assertLogNotContains(SECRET, build);
        assertThat(scan(build).verdict(), is(ScanVerdict.FAILED));
        assertThat(AwsJson.imageId(aws, "leaking"), is(nullValue()));
        assertThat(aws.deploymentsAskedFor(), is(before));
        String sarif = Files.readString(build.getArtifactsDir().toPath().resolve("trivy-scan-1.sarif"));
        assertThat(sarif, containsString("github-pat"));
        assertThat(sarif, not(containsString(SECRET)));
    }

    @Test
    void whereThePipelineGoesOnAllTheSameTheDeploymentIsRefused() throws Exception {
        ScannableImage image = image("ignored", "GITHUB_TOKEN=" + SECRET);
        List<String> before = aws.deploymentsAskedFor();
        WorkflowRun build = jenkins.buildAndAssertStatus(
                Result.FAILURE, Pipelines.job("ignored", pipeline("ignored", "catchError { %s }")));
        assertThat("it was pushed", AwsJson.imageId(aws, "ignored"), is(image.id()));
        jenkins.assertLogContains("did not pass: 1 CRITICAL finding", build);
        assertThat(last().verdict().outcome(), is(Outcome.REFUSED));
        assertThat(last().deploymentId(), is(nullValue()));
        assertThat(aws.deploymentsAskedFor(), is(before));
    }

    /** Each of them alone would make Trivy pass over the secret. */
    @Test
    void nothingThatLiesAroundOrIsSetMakesItFindLess() throws Exception {
        image("around", "GITHUB_TOKEN=" + SECRET);
        String around = "writeFile file: 'trivy.yaml', text: 'scan: {skip-files: [app/settings.env]}'\n"
                + "writeFile file: '.trivyignore', text: 'github-pat'\n"
                + "writeFile file: 'trivy-secret.yaml', text: 'disable-rules: [github-pat]'\n"
                + "%s";
        WorkflowRun build = jenkins.buildAndAssertStatus(
                Result.FAILURE,
                Pipelines.job(
                        "around",
                        pipeline(
                                "around",
                                around,
                                "TRIVY_SKIP_FILES=app/settings.env",
                                "TRIVY_SKIP_DIRS=app",
                                "TRIVY_SEVERITY=LOW",
                                "TRIVY_IGNOREFILE=.trivyignore",
                                "TRIVY_SECRET_CONFIG=trivy-secret.yaml")));
        jenkins.assertLogContains("The scan's gate is closed: FAILED: 1 CRITICAL finding", build);
        jenkins.assertLogContains("TRIVY_SKIP_DIRS, TRIVY_SKIP_FILES: not handed on to Trivy", build);
    }
}
