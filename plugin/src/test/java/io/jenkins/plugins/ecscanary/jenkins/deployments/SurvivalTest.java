package io.jenkins.plugins.ecscanary.jenkins.deployments;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Failure;
import hudson.model.Result;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.jenkins.Pipelines;
import io.jenkins.plugins.ecscanary.jenkins.Records;
import io.jenkins.plugins.ecscanary.jenkins.SlowAws;
import io.jenkins.plugins.ecscanary.jenkins.Until;
import io.jenkins.plugins.ecscanary.jenkins.run.CanaryRunAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The build of a deployment comes to an end that its step has no say in: the deployment is seen to its verdict all the same. */
@Tag("slow")
@WithJenkins
class SurvivalTest {

    @RegisterExtension
    static final SlowAws AWS = new SlowAws("survival");

    private JenkinsRule jenkins;

    @BeforeEach
    void allow(JenkinsRule rule) throws Exception {
        jenkins = rule;
        AWS.allow();
    }

    private static String deploy(String more) {
        return "ecsCanaryDeploy(" + AWS.parameters() + more + ")";
    }

    private static Verdict verdict() {
        Until.holds("it has a verdict", () -> Records.only().verdict() != null);
        Until.holds(
                "nobody follows it any more",
                () -> Deployments.get().find(Records.only().id()).isEmpty());
        return Records.only().verdict();
    }

    @Test
    void aTimeoutThatForcesTheStepDoesNotForceTheRollBack() throws Exception {
        AWS.noStopping();
        WorkflowJob job = Pipelines.job("web", "timeout(time: 15, unit: 'SECONDS') { " + deploy(SlowAws.SLOW) + " }");
        WorkflowRun build = SlowAws.shifting(jenkins, job);
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("terminating with extreme prejudice", build);
        assertThat("it is not rolled back yet", Records.only().verdict(), nullValue());
        AWS.stopping();
        assertThat(verdict().outcome(), is(Outcome.ROLLED_BACK));
    }

    @Test
    void aKilledBuildsDeploymentIsRolledBack() throws Exception {
        WorkflowRun build = SlowAws.shifting(jenkins, Pipelines.job("web", deploy(SlowAws.SLOW)));
        build.doKill();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        assertThat(verdict().outcome(), is(Outcome.ROLLED_BACK));
        assertThat(verdict().cause(), containsString("web #1 ended without waiting for the deployment"));
    }

    /** Jenkins gives a build 15 s to end before it does not delete its job; a kill helps, and only the folder is left then. */
    @Test
    void aDeletedJobsDeploymentIsRolledBack() throws Exception {
        AWS.noStopping();
        Folder folder = jenkins.createProject(Folder.class, "team");
        Pipelines.moveCredentialTo(folder);
        WorkflowJob job = Pipelines.job(folder, "web", deploy(SlowAws.SLOW));
        WorkflowRun build = SlowAws.shifting(jenkins, job);
        assertThrows(Failure.class, job::delete);
        build.doKill();
        job.delete();
        assertThat("it is not rolled back yet", Records.only().verdict(), nullValue());
        Supervisor.lookAround(true);
        AWS.stopping();
        assertThat(verdict().outcome(), is(Outcome.ROLLED_BACK));
    }

    @Test
    void aJobIsDeletedOnceItsDeploymentIsRolledBack() throws Exception {
        WorkflowJob job = Pipelines.job("web", deploy(SlowAws.SLOW));
        SlowAws.shifting(jenkins, job);
        job.delete();
        assertThat(jenkins.jenkins.getItem("web"), nullValue());
        assertThat(verdict().outcome(), is(Outcome.ROLLED_BACK));
    }

    /** It has ended well, and is only old. */
    @Test
    void aDiscardedBuildsDeploymentGoesOn() throws Exception {
        WorkflowJob job = Pipelines.job("web", deploy(SlowAws.QUICK + ", wait: false"));
        WorkflowRun build = jenkins.buildAndAssertSuccess(job);
        build.delete();
        Supervisor.lookAround(true);
        Until.holds("it has begun", () -> !Deployments.get().records().history().isEmpty());
        assertThat(verdict().outcome(), is(Outcome.PROMOTED));
    }

    @Test
    void whatIsNotWaitedForIsFollowedToItsVerdict() throws Exception {
        WorkflowRun build =
                jenkins.buildAndAssertSuccess(Pipelines.job("web", deploy(SlowAws.QUICK + ", wait: false")));
        Supervisor.lookAround(true);
        Until.holds("it has begun", () -> !Deployments.get().records().history().isEmpty());
        assertThat(verdict().outcome(), is(Outcome.PROMOTED));
        assertThat(
                build.getAction(CanaryRunAction.class).getIds(),
                contains(Records.only().id()));
    }

    @Test
    void whatIsNotWaitedForAndNeverBeginsFailsItsBuild() throws Exception {
        Pipelines.removeCredential();
        WorkflowRun build = jenkins.buildAndAssertStatus(
                Result.FAILURE, Pipelines.job("web", deploy(SlowAws.QUICK + ", wait: false")));
        jenkins.assertLogContains("there is no AWS credential 'aws'", build);
        assertThat(Deployments.get().records().history(), hasSize(0));
    }

    @Test
    void whatIsNotWaitedForIsRolledBackWithItsBuild() throws Exception {
        WorkflowJob job = Pipelines.job(
                "web", deploy(SlowAws.SLOW + ", wait: false") + "\nsemaphore 'later'\nerror 'something else'");
        WorkflowRun build = SlowAws.shifting(jenkins, job);
        SemaphoreStep.success("later/1", null);
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
        assertThat(verdict().outcome(), is(Outcome.ROLLED_BACK));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsToBeLeftGoesOn(boolean withSteps) throws Exception {
        String parameters = AWS.parameters() + ", traffic: linear(percent: 10, every: '1m'), onAbort: 'leave'";
        WorkflowJob job = Pipelines.job(
                "web",
                withSteps
                        ? "withEcsCanaryDeploy(" + parameters + ") { ecsCanaryAwait(weight: 100) }"
                        : "ecsCanaryDeploy(" + parameters + ")");
        WorkflowRun build = SlowAws.shifting(jenkins, job);
        build.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        assertThat("it goes on", Records.only().verdict(), nullValue());
        Supervisor.lookAround(true);
        assertThat(verdict().outcome(), is(Outcome.PROMOTED));
        assertThat(Records.only().deploymentId(), notNullValue());
    }
}
