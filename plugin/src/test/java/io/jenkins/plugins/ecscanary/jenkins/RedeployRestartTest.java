package io.jenkins.plugins.ecscanary.jenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import io.jenkins.plugins.ecscanary.jenkins.deployments.Deployments;
import java.util.Locale;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The controller is restarted while a build ships something again, in either way: the same deployment goes on. */
class RedeployRestartTest {

    private static final String USER = "bob";

    @AutoClose
    private static LocalAwsProcess aws;

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @BeforeAll
    static void startAws() {
        aws = LocalAwsProcess.start();
    }

    private static WorkflowRun build(int number) {
        return Jenkins.get().getItemByFullName("web", WorkflowJob.class).getBuildByNumber(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deployOnly", "pipeline"})
    void theSameDeploymentGoesOn(String mode) throws Throwable {
        String image = aws.push("again-" + mode.toLowerCase(Locale.ROOT), Map.of("APP_VERSION", mode));
        String[] deploymentId = new String[1];
        sessions.then(jenkins -> {
            Pipelines.allow(aws);
            jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
            WorkflowJob job = Pipelines.job(
                    "web",
                    "echo 'code of the job'\ndef result = ecsCanaryDeploy(redeploy: '" + mode + "', "
                            + Pipelines.parameters(aws, image) + ")\necho \"was ${result.verdict}\"");
            WorkflowRun again = ShippedAgain.start(USER, jenkins.buildAndAssertSuccess(job));
            jenkins.waitForMessage("20 % of traffic", again);
            deploymentId[0] = ShippedAgain.record(again).deploymentId();
        });
        sessions.then(jenkins -> {
            WorkflowRun again = build(2);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(again));
            ShippedAgain.assertSame(build(1), again, USER);
            assertThat(deploymentId[0], notNullValue());
            assertThat(ShippedAgain.record(again).deploymentId(), is(deploymentId[0]));
            assertThat(Deployments.get().records().history(), hasSize(2));
            if (mode.equals("pipeline")) {
                jenkins.assertLogContains("code of the job", again);
                jenkins.assertLogContains("was PROMOTED", again);
            } else {
                jenkins.assertLogNotContains("code of the job", again);
            }
        });
    }
}
