package io.jenkins.plugins.ecscanary.jenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.ExtensionList;
import hudson.model.RestartListener;
import hudson.model.Result;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Deployments;
import io.jenkins.plugins.ecscanary.jenkins.deployments.OrphansMonitor;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Owner;
import io.jenkins.plugins.ecscanary.jenkins.run.CanaryRunAction;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The controller is restarted while a deployment is under way: the same deployment goes on, and comes to its own end. */
class RestartTest {

    @AutoClose
    private static LocalAwsProcess aws;

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @BeforeAll
    static void startAws() {
        aws = LocalAwsProcess.start();
    }

    private static WorkflowRun build() {
        return Jenkins.get().getItemByFullName("web", WorkflowJob.class).getBuildByNumber(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Live view of this deployment", "CreateDeployment", "10 % of traffic", "100 % of traffic"})
    void theSameDeploymentGoesOn(String whenItSays) throws Throwable {
        String image = aws.push("restart-" + Math.abs(whenItSays.hashCode()), Map.of("APP_VERSION", "restart"));
        String[] deploymentId = new String[1];
        int before = aws.deploymentsAskedFor().size();
        sessions.then(jenkins -> {
            Pipelines.allow(aws);
            WorkflowJob job = Pipelines.job(
                    "web",
                    "def result = ecsCanaryDeploy(" + Pipelines.parameters(aws, image)
                            + ")\necho \"was ${result.verdict}\"");
            WorkflowRun build = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage(whenItSays, build);
            deploymentId[0] = Records.only().deploymentId();
        });
        sessions.then(jenkins -> {
            WorkflowRun build = build();
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            jenkins.assertLogContains("was PROMOTED", build);
            assertThat(Records.only().verdict().outcome(), is(Outcome.PROMOTED));
            if (deploymentId[0] != null) {
                assertThat(Records.only().deploymentId(), is(deploymentId[0]));
            }
            assertThat("deployments in AWS", aws.deploymentsAskedFor().size() - before, is(1));
            assertThat(Deployments.get().find(Records.only().id()).orElse(null), nullValue());
        });
    }

    /** Both the step around them and the one that waits for a weight find the deployment again. */
    @Test
    void theStepsInsideGoOn() throws Throwable {
        String image = aws.push("restart-inside", Map.of("APP_VERSION", "restart"));
        List<String> before = aws.deploymentsAskedFor();
        sessions.then(jenkins -> {
            Pipelines.allow(aws);
            WorkflowJob job = Pipelines.job(
                    "web",
                    "withEcsCanaryDeploy(" + Pipelines.parameters(aws, image) + ") {\n"
                            + "  ecsCanaryAwait(weight: 60); echo 'over the half'\n"
                            + "  ecsCanaryAwait(weight: 100); echo 'all of it'\n"
                            + "}");
            WorkflowRun build = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("10 % of traffic", build);
        });
        sessions.then(jenkins -> {
            WorkflowRun build = build();
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            jenkins.assertLogContains("over the half", build);
            jenkins.assertLogContains("all of it", build);
            assertThat(Records.only().verdict().outcome(), is(Outcome.PROMOTED));
            assertThat("deployments in AWS", aws.deploymentsAskedFor().size() - before.size(), is(1));
        });
    }

    /** Whoever is asked before the restart may answer after it. */
    @Test
    void aQuestionInsideIsStillAsked() throws Throwable {
        String image = aws.push("restart-asked", Map.of("APP_VERSION", "restart"));
        int before = aws.deploymentsAskedFor().size();
        sessions.then(jenkins -> {
            Pipelines.allow(aws);
            WorkflowJob job = Pipelines.job(
                    "web",
                    "withEcsCanaryDeploy(" + Pipelines.parameters(aws, image) + ") {\n"
                            + "  stage('Canary 10 %') { ecsCanaryAwait(weight: 10) }\n"
                            + "  stage('Ask') { input(id: 'Go', message: 'Shall it go on?') }\n"
                            + "  stage('All') { ecsCanaryAwait(weight: 100); echo 'all of it' }\n"
                            + "}");
            jenkins.waitForMessage("Shall it go on?", job.scheduleBuild2(0).waitForStart());
        });
        sessions.then(jenkins -> {
            WorkflowRun build = build();
            assertThat(
                    Browser.post(jenkins, null, build.getUrl() + "input/Go/proceedEmpty")
                            .getStatusCode(),
                    is(200));
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            jenkins.assertLogContains("all of it", build);
            assertThat(Records.only().verdict().outcome(), is(Outcome.PROMOTED));
            assertThat("deployments in AWS", aws.deploymentsAskedFor().size() - before, is(1));
        });
    }

    @Test
    void anAbortBeforeTheRestartIsSeenThroughAfterIt() throws Throwable {
        String image = aws.push("restart-abort", Map.of("APP_VERSION", "restart"));
        sessions.then(jenkins -> {
            Pipelines.allow(aws);
            WorkflowJob job = Pipelines.job("web", "ecsCanaryDeploy(" + Pipelines.parameters(aws, image) + ")");
            WorkflowRun build = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("20 % of traffic", build);
            build.getExecutor().interrupt();
            jenkins.waitForMessage("asks to roll back", build);
        });
        sessions.then(jenkins -> {
            WorkflowRun build = build();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
            assertThat(Records.only().verdict().outcome(), is(Outcome.ROLLED_BACK));
        });
    }

    /** It waits for its turn while the controller is restarted: there is no record of it yet, and its Pipeline is to go on with it. */
    @Test
    void whatIsNotWaitedForIsBegunAfterTheRestart() throws Throwable {
        String image = aws.push("restart-turn", Map.of("APP_VERSION", "restart"));
        sessions.then(jenkins -> {
            Pipelines.allow(aws);
            WorkflowJob first = Pipelines.job("web", "ecsCanaryDeploy(" + Pipelines.parameters(aws, image) + ")");
            jenkins.waitForMessage("10 % of traffic", first.scheduleBuild2(0).waitForStart());
            WorkflowJob second = Pipelines.job(
                    "next",
                    "def result = ecsCanaryDeploy(wait: false, onConflict: 'wait', " + Pipelines.parameters(aws, image)
                            + ")\necho \"began ${result.id}\"");
            jenkins.waitForMessage(
                    "its end is waited for", second.scheduleBuild2(0).waitForStart());
            assertThat(Deployments.get().records().history(), hasSize(1));
        });
        sessions.then(jenkins -> {
            WorkflowRun next =
                    Jenkins.get().getItemByFullName("next", WorkflowJob.class).getBuildByNumber(1);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(next));
            RecordSummary record = Deployments.get().records().history().get(0);
            jenkins.assertLogContains("began " + record.id(), next);
            assertThat(next.getAction(CanaryRunAction.class).getIds(), contains(record.id()));
            Until.holds(
                    "both have a verdict",
                    () -> Deployments.get().records().history().stream()
                                    .filter(one -> one.verdict() != null
                                            && one.verdict().outcome() == Outcome.PROMOTED)
                                    .count()
                            == 2);
        });
    }

    @Test
    void neitherQuietingDownNorASafeRestartWaitsForIt() throws Throwable {
        String image = aws.push("restart-quiet", Map.of("APP_VERSION", "restart"));
        sessions.then(jenkins -> {
            Pipelines.allow(aws);
            WorkflowJob job = Pipelines.job(
                    "web",
                    "def result = ecsCanaryDeploy(" + Pipelines.parameters(aws, image)
                            + ")\necho \"was ${result.verdict}\"");
            WorkflowRun build = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("10 % of traffic", build);
            Jenkins.get().doQuietDown(true, 60_000, "maintenance", true);
            assertThat("a restart may happen now", RestartListener.isAllReady(), is(true));
            Until.holds(
                    "it is followed to its verdict meanwhile",
                    () -> Records.only().verdict() != null);
            assertThat(build.isBuilding(), is(true));
        });
        sessions.then(jenkins -> {
            WorkflowRun build = build();
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            jenkins.assertLogContains("was PROMOTED", build);
            assertThat(Records.only().verdict().outcome(), is(Outcome.PROMOTED));
        });
    }

    @Test
    void aRenamedFoldersDeploymentGoesOn() throws Throwable {
        String image = aws.push("restart-renamed", Map.of("APP_VERSION", "restart"));
        sessions.then(jenkins -> {
            Pipelines.allow(aws);
            Folder folder = jenkins.createProject(Folder.class, "team");
            Pipelines.moveCredentialTo(folder);
            WorkflowJob job = Pipelines.job(
                    folder,
                    "web",
                    "def result = ecsCanaryDeploy(" + Pipelines.parameters(aws, image)
                            + ")\necho \"was ${result.verdict}\"");
            WorkflowRun build = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("10 % of traffic", build);
            folder.renameTo("crew");
            jenkins.waitForMessage("20 % of traffic", build);
            Owner owner = Deployments.get().owner(Records.only().id()).orElseThrow();
            assertThat(owner.jobFullName(), is("crew/web"));
        });
        sessions.then(jenkins -> {
            WorkflowRun build = Jenkins.get()
                    .getItemByFullName("crew/web", WorkflowJob.class)
                    .getBuildByNumber(1);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            jenkins.assertLogContains("was PROMOTED", build);
            assertThat(Records.only().verdict().outcome(), is(Outcome.PROMOTED));
        });
    }

    /** What AWS has under way is not given up because it can't be asked just now. */
    @Test
    void aCredentialThatIsGoneIsToldAndWaitedFor() throws Throwable {
        String image = aws.push("restart-no-key", Map.of("APP_VERSION", "restart"));
        sessions.then(jenkins -> {
            Pipelines.allow(aws);
            WorkflowJob job = Pipelines.job("web", "ecsCanaryDeploy(" + Pipelines.parameters(aws, image) + ")");
            WorkflowRun build = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("10 % of traffic", build);
            Pipelines.removeCredential();
        });
        sessions.then(jenkins -> {
            WorkflowRun build = build();
            jenkins.waitForMessage("there is no AWS credential 'aws'", build);
            OrphansMonitor monitor = ExtensionList.lookupSingleton(OrphansMonitor.class);
            Until.holds("administrators are told", monitor::isActivated); // the log may say so from before the restart
            assertThat(monitor.getTroubles(), contains(containsString("web #1: there is no AWS credential 'aws'")));
            Pipelines.addCredential();
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            assertThat(Records.only().verdict().outcome(), is(Outcome.PROMOTED));
            assertThat(monitor.getTroubles(), empty());
        });
    }
}
