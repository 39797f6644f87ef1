package io.jenkins.plugins.ecscanary.jenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.stringContainsInOrder;

import hudson.model.Result;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Deployments;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Steps of a Declarative Pipeline while traffic moves. A stage of its own takes {@code script} there, as it does in any step. */
@WithJenkins
class DeclarativeTest {

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

    /** With an agent for the steps inside. */
    private static WorkflowJob job(String name, String steps) throws Exception {
        return Pipelines.job(
                name,
                "pipeline {\n  agent any\n  stages {\n    stage('Deploy') {\n      steps {\n" + steps
                        + "\n      }\n    }\n"
                        + "    stage('Tell') { steps { echo 'all have it' } }\n  }\n"
                        + "  post {\n    success { echo 'it went well' }\n    failure { echo 'it went wrong' }\n  }\n}");
    }

    private static Outcome outcome() {
        return Deployments.get().records().history().get(0).verdict().outcome();
    }

    @Test
    void stepsOfABlock() throws Exception {
        String image = aws.push("block", Map.of("APP_VERSION", "block"));
        WorkflowRun build = jenkins.buildAndAssertSuccess(job(
                "block",
                "withEcsCanaryDeploy(traffic: linear(percent: 10, every: '1m'), " + Pipelines.parameters(aws, image)
                        + ") {\n"
                        + "  ecsCanaryAwait weight: 10\n"
                        + "  sh 'echo smoke test for $JOB_NAME'\n"
                        + "  ecsCanaryAwait weight: 50\n"
                        + "  echo 'half have it'\n"
                        + "}"));
        assertThat(
                JenkinsRule.getLog(build),
                stringContainsInOrder(
                        "10 % of traffic",
                        "smoke test for block",
                        "50 % of traffic",
                        "half have it",
                        "100 % of traffic",
                        "all have it",
                        "it went well"));
        assertThat(outcome(), is(Outcome.PROMOTED));
    }

    @Test
    void stagesOfAScript() throws Exception {
        String image = aws.push("script", Map.of("APP_VERSION", "script"));
        WorkflowRun build = jenkins.buildAndAssertSuccess(job(
                "script",
                "script {\n"
                        + "  def result = withEcsCanaryDeploy(" + Pipelines.parameters(aws, image) + ") {\n"
                        + "    stage('Canary 10 %') { ecsCanaryAwait weight: 10 }\n"
                        + "    stage('Half') { ecsCanaryAwait weight: 50 }\n"
                        + "  }\n"
                        + "  echo \"it was ${result.verdict}\"\n"
                        + "}"));
        assertThat(
                JenkinsRule.getLog(build),
                stringContainsInOrder("{ (Canary 10 %)", "10 % of traffic", "{ (Half)", "it was PROMOTED"));
    }

    @Test
    void aFailureInABlockRollsBackAndIsThePipelines() throws Exception {
        String image = aws.push("failing", Map.of("APP_VERSION", "failing"));
        WorkflowRun build = jenkins.buildAndAssertStatus(
                Result.FAILURE,
                job(
                        "failing",
                        "withEcsCanaryDeploy(" + Pipelines.parameters(aws, image)
                                + ") {\n  ecsCanaryAwait weight: 10\n  sh 'exit 3'\n}"));
        jenkins.assertLogContains("script returned exit code 3", build);
        jenkins.assertLogContains("it went wrong", build);
        jenkins.assertLogNotContains("all have it", build);
        assertThat(outcome(), is(Outcome.ROLLED_BACK));
        assertThat(
                Deployments.get().records().history().get(0).verdict().cause(),
                containsString("the steps inside failed: script returned exit code 3"));
    }
}
