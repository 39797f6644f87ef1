package io.jenkins.plugins.ecscanary.jenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import hudson.ExtensionList;
import hudson.model.Result;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Deployments;
import io.jenkins.plugins.ecscanary.jenkins.deployments.OrphansMonitor;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What a person asks for while AWS can't be asked: nobody asks for it again. */
class KeptWordTest {

    /** The shifting outlasts two restarts. */
    private static final int SPEED = 10;

    @AutoClose
    private static LocalAwsProcess aws;

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @BeforeAll
    static void startAws() {
        aws = LocalAwsProcess.start(SPEED);
    }

    @Test
    void aRollBackThatCouldNotBeAskedForIsNotLost() throws Throwable {
        String image = aws.push("word", Map.of("APP_VERSION", "restart"));
        sessions.then(jenkins -> {
            Pipelines.allow(aws);
            WorkflowJob job = Pipelines.job(
                    "web",
                    "ecsCanaryDeploy(" + Pipelines.parameters(aws, image)
                            + ", traffic: linear(percent: 10, every: '3m'))");
            WorkflowRun build = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("10 % of traffic", build);
            Pipelines.removeCredential();
        });
        sessions.then(jenkins -> {
            OrphansMonitor monitor = ExtensionList.lookupSingleton(OrphansMonitor.class);
            Until.holds("it can't be asked for", monitor::isActivated);
            Deployments.get().find(Records.only().id()).orElseThrow().rollBackForSomeone("ann", "it looks bad");
            Until.holds("her word is kept", () -> !Deployments.get()
                    .records()
                    .requests(Records.only().service(), Records.only().id())
                    .all()
                    .isEmpty());
        });
        sessions.then(jenkins -> {
            Pipelines.addCredential();
            WorkflowRun build =
                    Jenkins.get().getItemByFullName("web", WorkflowJob.class).getBuildByNumber(1);
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
            assertThat(Records.only().verdict().outcome(), is(Outcome.ROLLED_BACK));
            assertThat(Records.only().verdict().cause(), containsString("ann"));
        });
    }
}
