package io.jenkins.plugins.ecscanary.jenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import hudson.model.Result;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Deployments;
import io.jenkins.plugins.ecscanary.jenkins.run.CanaryRunAction;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Whole Pipelines against an AWS that behaves. */
@WithJenkins
class DeployingPipelineTest {

    @AutoClose
    private static LocalAwsProcess aws;

    private JenkinsRule jenkins;

    @BeforeAll
    static void startAws() {
        aws = LocalAwsProcess.start();
    }

    @BeforeEach
    void allow(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Pipelines.allow(aws);
    }

    @Test
    void aGoodReleaseIsPromoted() throws Exception {
        String image = aws.push("good", Map.of("APP_VERSION", "good"));
        WorkflowJob job = Pipelines.job(
                "good",
                "def result = ecsCanaryDeploy(" + Pipelines.parameters(aws, image) + ")\n"
                        + "echo \"verdict ${result.verdict} of ${result.deploymentId}, ${result.digest}\"");
        WorkflowRun build = jenkins.buildAndAssertSuccess(job);

        jenkins.assertLogContains("100 % of traffic", build);
        jenkins.assertLogContains("verdict PROMOTED of d-", build);
        jenkins.assertLogContains("sha256:", build);
        CanaryRunAction action = build.getAction(CanaryRunAction.class);
        assertThat(action, notNullValue());
        assertThat(action.getIds(), hasSize(1));
        List<RecordSummary> history = Deployments.get().records().history();
        assertThat(history, hasSize(1));
        assertThat(history.get(0).id(), is(action.getIds().get(0)));
        assertThat(history.get(0).verdict().outcome(), is(Outcome.PROMOTED));
        assertThat(history.get(0).startedBy(), containsString("good #1"));
    }

    @Test
    void whatCannotBeIsRefusedBeforeAnythingIsTouched() throws Exception {
        String image = aws.push("unwanted", Map.of("APP_VERSION", "unwanted"));
        WorkflowJob job = Pipelines.job(
                "refused",
                "ecsCanaryDeploy(" + Pipelines.parameters(aws, image).replace("service: 'web'", "service: 'nosuch'")
                        + ")");
        WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains("REFUSED", build);
        jenkins.assertLogContains("nosuch", build);
        assertThat(aws.state(), not(containsString("unwanted\"")));
    }

    @Test
    void anAbortRollsBackAndIsSeenThrough() throws Exception {
        String image = aws.push("aborted", Map.of("APP_VERSION", "aborted"));
        WorkflowJob job = Pipelines.job("aborted", "ecsCanaryDeploy(" + Pipelines.parameters(aws, image) + ")");
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("10 % of traffic", build);
        build.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        RecordSummary record = Deployments.get().records().history().get(0);
        assertThat(record.verdict().outcome(), is(Outcome.ROLLED_BACK));
    }

    @Test
    void theStepsInsideRunAtTheirWeights() throws Exception {
        String image = aws.push("staged", Map.of("APP_VERSION", "staged"));
        WorkflowJob job = Pipelines.job(
                "staged",
                "withEcsCanaryDeploy(" + Pipelines.parameters(aws, image) + ") {\n"
                        + "  stage('Canary 10 %') { ecsCanaryAwait(weight: 10); echo 'smoke test' }\n"
                        + "  stage('Canary 50 %') { ecsCanaryAwait(weight: 50) }\n"
                        + "}\necho 'afterwards'");
        WorkflowRun build = jenkins.buildAndAssertSuccess(job);
        String log = JenkinsRule.getLog(build);
        assertThat(log.indexOf("10 % of traffic") < log.indexOf("smoke test"), is(true));
        assertThat(log.indexOf("smoke test") < log.indexOf("100 % of traffic"), is(true));
        assertThat(log.indexOf("100 % of traffic") < log.indexOf("afterwards"), is(true));
    }

    @Test
    void aFailureInsideRollsBack() throws Exception {
        String image = aws.push("smoky", Map.of("APP_VERSION", "smoky"));
        WorkflowJob job = Pipelines.job(
                "smoky",
                "withEcsCanaryDeploy(" + Pipelines.parameters(aws, image)
                        + ") { ecsCanaryAwait(weight: 20); error 'the smoke test failed' }");
        WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains("the smoke test failed", build);
        assertThat(Deployments.get().records().history().get(0).verdict().outcome(), is(Outcome.ROLLED_BACK));
    }

    @Test
    void theEndOfTheDeploymentStopsTheStepsInside() throws Exception {
        String image = aws.push("crashing", Map.of("FAULT_STARTUP_DELAY_MS", "600000"));
        WorkflowJob job = Pipelines.job(
                "crashing",
                "withEcsCanaryDeploy(timeout: '20m', " + Pipelines.parameters(aws, image)
                        + ") { ecsCanaryAwait(weight: 10); echo 'never here' }");
        WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogNotContains("never here", build);
        jenkins.assertLogContains("ROLLED_BACK", build);
    }
}
