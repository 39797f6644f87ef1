package io.jenkins.plugins.ecscanary.jenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import hudson.model.Result;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Deployments;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The controller is restarted while a deployment is under way: the same deployment goes on, and comes to its own end. */
class RestartTest {

    private static LocalAwsProcess aws;

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @BeforeAll
    static void startAws() {
        aws = LocalAwsProcess.start();
    }

    @AfterAll
    static void stopAws() {
        aws.close();
    }

    private static WorkflowRun build() {
        return Jenkins.get().getItemByFullName("web", WorkflowJob.class).getBuildByNumber(1);
    }

    private static RecordSummary onlyRecord() {
        List<RecordSummary> history = Deployments.get().records().history();
        assertThat(history, hasSize(1));
        return history.get(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Live view of this deployment", "CreateDeployment", "10 % of traffic", "100 % of traffic"})
    void theSameDeploymentGoesOn(String whenItSays) throws Throwable {
        String image = aws.push("restart-" + Math.abs(whenItSays.hashCode()), Map.of("APP_VERSION", "restart"));
        String[] deploymentId = new String[1];
        sessions.then(jenkins -> {
            Pipelines.allow(aws);
            WorkflowJob job = Pipelines.job(
                    "web",
                    "def result = ecsCanaryDeploy(" + Pipelines.parameters(aws, image)
                            + ")\necho \"was ${result.verdict}\"");
            WorkflowRun build = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage(whenItSays, build);
            deploymentId[0] = onlyRecord().deploymentId();
        });
        sessions.then(jenkins -> {
            WorkflowRun build = build();
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            jenkins.assertLogContains("was PROMOTED", build);
            assertThat(onlyRecord().verdict().outcome(), is(Outcome.PROMOTED));
            if (deploymentId[0] != null) {
                assertThat(onlyRecord().deploymentId(), is(deploymentId[0]));
            }
            assertThat(Deployments.get().find(onlyRecord().id()).orElse(null), nullValue());
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
            assertThat(onlyRecord().verdict().outcome(), is(Outcome.ROLLED_BACK));
        });
    }
}
