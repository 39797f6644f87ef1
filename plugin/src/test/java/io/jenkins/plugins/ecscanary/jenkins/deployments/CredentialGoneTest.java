package io.jenkins.plugins.ecscanary.jenkins.deployments;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.ExtensionList;
import io.jenkins.plugins.ecscanary.jenkins.LocalAwsProcess;
import io.jenkins.plugins.ecscanary.jenkins.Pipelines;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A credential that is taken away while a deployment is under way: it is told, and when it is back all goes on. */
@WithJenkins
class CredentialGoneTest {

    @AutoClose
    private static LocalAwsProcess aws;

    @BeforeAll
    static void startAws() {
        aws = LocalAwsProcess.start(30);
    }

    @Test
    void itIsToldAndWhenItIsBackAllGoesOn(JenkinsRule jenkins) throws Exception {
        Pipelines.allow(aws);
        String image = aws.push("keyless", Map.of("APP_VERSION", "keyless"));
        WorkflowJob job = Pipelines.job("web", "ecsCanaryDeploy(" + Pipelines.parameters(aws, image) + ")");
        OrphansMonitor monitor = ExtensionList.lookupSingleton(OrphansMonitor.class);
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("10 % of traffic", build);
        assertThat(monitor.isActivated(), is(false));

        SystemCredentialsProvider.getInstance().getCredentials().clear();
        jenkins.waitForMessage("there is no AWS credential 'aws'", build);
        assertThat(monitor.getTroubles(), contains(containsString("web #1: there is no AWS credential 'aws'")));
        assertThat(
                jenkins.createWebClient().goTo("manage").asNormalizedText(),
                containsString("there is no AWS credential 'aws'"));

        Pipelines.allow(aws);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        assertThat(monitor.isActivated(), is(false));
    }
}
