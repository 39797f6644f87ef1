package io.jenkins.plugins.ecscanary.jenkins.deployments;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import hudson.model.Result;
import io.jenkins.plugins.ecscanary.jenkins.Pipelines;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A deployment that turns out not to be possible when the steps inside are under way: they clean up before the step ends. */
class RefusedInsideTest {

    private static final String REFUSAL = "the safe is shut";

    private static final String JOB = "web";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private static WorkflowJob job(SlowCredential slow) throws Exception {
        Pipelines.add(slow);
        return Pipelines.job(
                JOB,
                "try {\n"
                        + "  withEcsCanaryDeploy(region: 'eu-central-1', cluster: 'shop', service: 'web',\n"
                        + "      taskDefinitionArn: 'web:1', credentialsId: '" + slow.getId() + "') {\n"
                        + "    try { semaphore 'inside' } finally { semaphore 'cleaning'; echo 'cleaned up' }\n"
                        + "  }\n"
                        + "} finally { echo 'the step is over' }");
    }

    /** A build whose steps inside have been stopped and clean up. */
    private static WorkflowRun cleaningUp() throws Exception {
        SlowCredential slow = new SlowCredential();
        WorkflowRun build = job(slow).scheduleBuild2(0).waitForStart();
        SemaphoreStep.waitForStart("inside/1", build);
        slow.refuse(REFUSAL);
        SemaphoreStep.waitForStart("cleaning/1", build);
        return build;
    }

    private static void endsAfterwards(JenkinsRule jenkins, WorkflowRun build) throws Exception {
        jenkins.assertLogNotContains("the step is over", build);
        SemaphoreStep.success("cleaning/1", null);
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
        String log = JenkinsRule.getLog(build);
        assertThat(log, containsString("ERROR: " + REFUSAL));
        assertThat(log.indexOf("cleaned up"), lessThan(log.indexOf("the step is over")));
        assertThat(Deployments.get().records().history(), is(empty()));
        assertThat(Deployments.get().all(), is(empty()));
    }

    @Test
    void theStepsInsideCleanUpFirst() throws Throwable {
        sessions.then(jenkins -> endsAfterwards(jenkins, cleaningUp()));
    }

    @Test
    void andSoTheyDoAfterARestartWhichDoesNotBeginItAgain() throws Throwable {
        sessions.then(jenkins -> cleaningUp());
        sessions.then(jenkins -> endsAfterwards(
                jenkins,
                jenkins.jenkins.getItemByFullName(JOB, WorkflowJob.class).getBuildByNumber(1)));
    }

    /** Keys come from anybody's plugin, with anybody's libraries. */
    @Test
    void whatFailsToLinkIsARefusalToo() throws Throwable {
        sessions.then(jenkins -> {
            SlowCredential slow = new SlowCredential();
            slow.fail(new NoClassDefFoundError("org/example/Sdk"));
            WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, job(slow));
            jenkins.assertLogContains("java.lang.NoClassDefFoundError: org/example/Sdk", build);
        });
    }

    /** So soon that they have not begun. */
    @Test
    void noStepInsideBeginsWhereItIsKnownAtOnce() throws Throwable {
        sessions.then(jenkins -> {
            SlowCredential slow = new SlowCredential();
            slow.refuse(REFUSAL);
            WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, job(slow));
            jenkins.assertLogContains("ERROR: " + REFUSAL, build);
        });
    }
}
