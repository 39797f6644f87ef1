package io.jenkins.plugins.ecscanary.jenkins.scan.step;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import hudson.model.Label;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.ecscanary.engine.scan.ScanResult;
import io.jenkins.plugins.ecscanary.engine.scan.ScanVerdict;
import io.jenkins.plugins.ecscanary.jenkins.Pipelines;
import io.jenkins.plugins.ecscanary.jenkins.scan.BuildScans;
import io.jenkins.plugins.ecscanary.jenkins.scan.FakeTrivy;
import io.jenkins.plugins.ecscanary.jenkins.scan.page.ScanRunAction;
import java.nio.file.Path;
import java.util.List;
import jenkins.security.MasterToSlaveCallable;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** An agent, a process of its own, goes away in the middle of a scan: the gate is closed, for that reason. */
@WithJenkins
class LostAgentTest {

    private JenkinsRule jenkins;
    private DumbSlave agent;
    private FakeTrivy trivy;
    private ProcessHandle hanging;

    @BeforeEach
    void install(JenkinsRule rule, @TempDir Path directory) throws Exception {
        jenkins = rule;
        trivy = FakeTrivy.in(directory.resolve("bin"));
        agent = jenkins.createOnlineSlave(Label.get("remote"));
    }

    /** It outlives its agent. */
    @AfterEach
    void endTheScanner() {
        hanging.destroyForcibly();
    }

    private WorkflowRun scanning() throws Exception {
        WorkflowJob job = Pipelines.job(
                "scan",
                "node('remote') { " + trivy.env("hang")
                        + " { trivyScan(image: 'shop/web:1')\necho 'and so it went on' } }");
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        hanging = trivy.hanging();
        return build;
    }

    private void assertClosed(WorkflowRun build) throws Exception {
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
        jenkins.assertLogNotContains("and so it went on", build);
        List<String> reasons = JenkinsRule.getLog(build)
                .lines()
                .filter(line -> line.contains("The scan's gate is closed"))
                .toList();
        assertThat(reasons, hasSize(1));
        assertThat(reasons.get(0), containsString(agent.getDisplayName() + " was lost in the middle of the scan"));
        String id = build.getAction(ScanRunAction.class).getIds().get(0);
        ScanResult result = BuildScans.read(build, id).orElseThrow();
        assertThat(result.verdict(), is(ScanVerdict.CLOSED));
        assertThat(result.cause(), containsString("was lost in the middle of the scan"));
    }

    @Test
    void itsProcessIsKilled() throws Exception {
        long pid = agent.getChannel().call(new Pid());
        WorkflowRun build = scanning();
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly(), is(true));
        assertClosed(build);
    }

    @Test
    void somebodyDisconnectsIt() throws Exception {
        WorkflowRun build = scanning();
        agent.getComputer().disconnect(new OfflineCause.ByCLI("away")).get();
        assertClosed(build);
    }

    /** Of the agent's process. */
    private static final class Pid extends MasterToSlaveCallable<Long, RuntimeException> {
        private static final long serialVersionUID = 1L;

        @Override
        public Long call() {
            return ProcessHandle.current().pid();
        }
    }
}
