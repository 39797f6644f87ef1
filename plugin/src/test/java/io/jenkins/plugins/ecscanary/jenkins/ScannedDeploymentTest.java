package io.jenkins.plugins.ecscanary.jenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Deployments;
import io.jenkins.plugins.ecscanary.jenkins.redeploy.Redeployment;
import io.jenkins.plugins.ecscanary.jenkins.run.CanaryRunAction;
import io.jenkins.plugins.ecscanary.jenkins.scan.FakeTrivy;
import io.jenkins.plugins.ecscanary.jenkins.scan.Scans;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is deployed is what was scanned: from the scan through the push to the deployment. */
@WithJenkins
class ScannedDeploymentTest {

    private static LocalAwsProcess aws;

    private JenkinsRule jenkins;
    private FakeTrivy trivy;

    @BeforeAll
    static void startAws() {
        aws = LocalAwsProcess.start();
    }

    @AfterAll
    static void stopAws() {
        aws.close();
    }

    @BeforeEach
    void allow(JenkinsRule rule, @TempDir Path directory) throws Exception {
        jenkins = rule;
        trivy = FakeTrivy.in(directory.resolve("bin"));
        Pipelines.allow(aws);
    }

    private static String imageId(String tag) {
        return AwsJson.imageId(aws, tag);
    }

    private String scan(String mode, String tag, String more) {
        return "node { " + trivy.env(mode, "FAKE_TRIVY_IMAGE_ID=" + imageId(tag)) + " { trivyScan(image: 'web:" + tag
                + "'" + more + ") } }\n";
    }

    private static String deploy(String image, String requireScan) {
        return "ecsCanaryDeploy(" + Pipelines.atOnce(aws, image) + ", requireScan: " + requireScan + ")\n";
    }

    private static RecordSummary last() {
        return Deployments.get().records().history().get(0);
    }

    @Test
    void aScannedImageIsDeployedAndShippedAgain() throws Exception {
        String image = aws.push("scanned", Map.of("APP_VERSION", "scanned"));
        WorkflowJob job = Pipelines.job("web", scan("good", "scanned", "") + deploy(image, "true"));
        WorkflowRun build = jenkins.buildAndAssertSuccess(job);
        jenkins.assertLogContains("passed its scan", build);
        jenkins.assertLogContains("looked for: vuln, secret", build);
        assertThat(last().verdict().outcome(), is(Outcome.PROMOTED));
        String deployed = build.getAction(CanaryRunAction.class).getIds().get(0);
        assertThat(Deployments.get().owner(deployed).orElseThrow().scannedImages(), is(imageId("scanned")));

        // The next release is compared with what serves.
        String next = aws.push("next", Map.of("APP_VERSION", "next"));
        job.setDefinition(Pipelines.definition(
                scan("good", "next", ", severity: 'LOW', baseline: 'deployed'") + deploy(next, "'7d'")));
        WorkflowRun second = jenkins.buildAndAssertSuccess(job);
        jenkins.assertLogContains("Only what is new against what reference/web serves counts", second);

        // Shipping the first one again asks for its scan, and runs nothing of the Pipeline.
        Redeployment.schedule(build, deployed);
        jenkins.waitUntilNoActivity();
        WorkflowRun again = job.getBuildByNumber(3);
        jenkins.assertBuildStatusSuccess(again);
        jenkins.assertLogContains("passed its scan", again);
        jenkins.assertLogNotContains("Trivy", again);
    }

    @Test
    void anUnscannedImageIsRefused() throws Exception {
        String image = aws.push("unscanned", Map.of("APP_VERSION", "unscanned"));
        aws.push("other", Map.of("APP_VERSION", "other"));
        WorkflowJob job = Pipelines.job("web", scan("good", "other", "") + deploy(image, "true"));
        WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains("a scan is required: no scan in this build is of", build);
        jenkins.assertLogContains(imageId("unscanned"), build);
        assertThat(last().verdict().outcome(), is(Outcome.REFUSED));
        assertThat(last().deploymentId(), is((String) null));
    }

    @Test
    void aScanOfAnotherBuildCountsWhereThatIsSaid() throws Exception {
        String image = aws.push("elsewhere", Map.of("APP_VERSION", "elsewhere"));
        jenkins.buildAndAssertSuccess(Pipelines.job("scanning", scan("good", "elsewhere", "")));
        WorkflowRun inThis = jenkins.buildAndAssertStatus(Result.FAILURE, Pipelines.job("this", deploy(image, "true")));
        jenkins.assertLogContains("no scan in this build is of", inThis);
        WorkflowRun inAny = jenkins.buildAndAssertSuccess(Pipelines.job("any", deploy(image, "'7d'")));
        jenkins.assertLogContains("passed its scan", inAny);
        // The fixture's report is of a day long past for a second.
        WorkflowRun tooOld = jenkins.buildAndAssertStatus(Result.FAILURE, Pipelines.job("old", deploy(image, "'1s'")));
        jenkins.assertLogContains("as old as it may be", tooOld);
        assertThat(Scans.get().store().newest(imageId("elsewhere")).orElse(null), is(notNullValue()));
    }

    /** Whoever may configure a job elsewhere may judge a report of their own making. */
    @Test
    void aScanOfAnotherTeamsJobOpensNoGateAndClosesNone() throws Exception {
        String image = aws.push("ours", Map.of("APP_VERSION", "ours"));
        Folder ours = jenkins.createProject(Folder.class, "ours");
        Folder theirs = jenkins.createProject(Folder.class, "theirs");
        jenkins.buildAndAssertSuccess(Pipelines.job(theirs, "lenient", scan("good", "ours", "")));
        WorkflowRun unscanned =
                jenkins.buildAndAssertStatus(Result.FAILURE, Pipelines.job(ours, "first", deploy(image, "'7d'")));
        jenkins.assertLogContains("no scan of the jobs in ours is of", unscanned);

        Folder below = ours.createProject(Folder.class, "build");
        jenkins.buildAndAssertSuccess(Pipelines.job(below, "scanning", scan("good", "ours", "")));
        jenkins.buildAndAssertStatus(Result.FAILURE, Pipelines.job(theirs, "spoiling", scan("vulnerable", "ours", "")));
        WorkflowRun scanned = jenkins.buildAndAssertSuccess(Pipelines.job(ours, "second", deploy(image, "'7d'")));
        jenkins.assertLogContains("passed its scan", scanned);
    }

    @Test
    void whatWasNotLetThroughDoesNotPass() throws Exception {
        String image = aws.push("bad", Map.of("APP_VERSION", "bad"));
        WorkflowRun failed = jenkins.buildAndAssertStatus(
                Result.FAILURE,
                Pipelines.job(
                        "failed", "catchError { " + scan("vulnerable", "bad", "") + " }\n" + deploy(image, "true")));
        jenkins.assertLogContains("did not pass", failed);
        WorkflowRun unstable = jenkins.buildAndAssertStatus(
                Result.FAILURE,
                Pipelines.job(
                        "unstable",
                        scan(
                                        "vulnerable",
                                        "bad",
                                        ", severity: '', maxFindings: [[severity: 'LOW', atMost: 0, consequence:"
                                                + " 'unstable']]")
                                + deploy(image, "true")));
        jenkins.assertLogContains("did not pass", unstable);
        WorkflowRun closed = jenkins.buildAndAssertStatus(
                Result.FAILURE,
                Pipelines.job("closed", "catchError { " + scan("rate", "bad", "") + " }\n" + deploy(image, "true")));
        jenkins.assertLogContains("no scan in this build is of", closed);
        assertThat(
                Deployments.get().records().history().stream().allMatch(record -> record.deploymentId() == null),
                is(true));
    }

    /** It may be years old. */
    @Test
    void aReportThatNobodyCanDateHasNoAge() throws Exception {
        String image = aws.push("undated", Map.of("APP_VERSION", "undated"));
        String report = Files.readString(trivy.directory().resolve("good.json"))
                .replaceFirst("\\s*\"CreatedAt\".*,", "")
                .replace("@IMAGE_ID@", imageId("undated"));
        assertThat(report, not(containsString("CREATED_AT")));
        String judge =
                "node { writeFile file: 'r.json', text: '''" + report + "'''\ntrivyScan(reportFile: 'r.json') }\n";
        WorkflowRun aged =
                jenkins.buildAndAssertStatus(Result.FAILURE, Pipelines.job("aged", judge + deploy(image, "'7d'")));
        jenkins.assertLogContains("note: the report does not say when it was made", aged);
        jenkins.assertLogContains("so that nobody knows how old it is", aged);
        // Of the scanner that the step runs it is known when it ran.
        Files.writeString(trivy.directory().resolve("good.json"), report);
        WorkflowRun ran = jenkins.buildAndAssertSuccess(
                Pipelines.job("ran", scan("good", "undated", "") + deploy(image, "'7d'")));
        jenkins.assertLogContains("passed its scan", ran);
    }

    @Test
    void whatItCanBeIsTold() throws Exception {
        WorkflowRun build =
                jenkins.buildAndAssertStatus(Result.FAILURE, Pipelines.job("web", deploy("repository:1", "'always'")));
        jenkins.assertLogContains("requireScan is 'always'; it can be true", build);
    }
}
