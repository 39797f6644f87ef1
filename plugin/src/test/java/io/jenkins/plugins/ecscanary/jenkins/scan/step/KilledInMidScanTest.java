package io.jenkins.plugins.ecscanary.jenkins.scan.step;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import hudson.model.Result;
import io.jenkins.plugins.ecscanary.engine.scan.ScanResult;
import io.jenkins.plugins.ecscanary.jenkins.Pipelines;
import io.jenkins.plugins.ecscanary.jenkins.Until;
import io.jenkins.plugins.ecscanary.jenkins.scan.BuildScans;
import io.jenkins.plugins.ecscanary.jenkins.scan.FakeTrivy;
import io.jenkins.plugins.ecscanary.jenkins.scan.page.ScanRunAction;
import java.io.Serializable;
import java.nio.file.Path;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.job.properties.DurabilityHintJobProperty;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A real controller's process is killed in the middle of a scan: the gate is closed for good, and nothing passes unseen. */
@Tag("slow")
class KilledInMidScanTest {

    private static final int SECONDS_FOR_ALL = 1800;

    @RegisterExtension
    private final RealJenkinsExtension controller =
            new RealJenkinsExtension().withTimeout(SECONDS_FOR_ALL).javaOptions("-Xmx512m", "-XX:TieredStopAtLevel=1");

    /** What is said to the controller's process. */
    private record Order(String script, FlowDurabilityHint durability) implements Serializable {}

    /** What there is of the build; of the scan's result null if there is none. */
    private record Told(String result, String log, String verdict, String cause) implements Serializable {}

    @Test
    void theBuildGoesOnAndIsToldThatNobodyHasSeenIt(@TempDir Path directory) throws Throwable {
        FakeTrivy trivy = FakeTrivy.in(directory.resolve("bin"));
        ProcessHandle hanging = scanAndKill(trivy, FlowDurabilityHint.MAX_SURVIVABILITY);
        controller.startJenkins();
        Told told = controller.runRemotely(KilledInMidScanTest::told);
        assertThat(
                told.log(),
                containsString("The scan's gate is closed, since nothing could be judged: the scan was"
                        + " interrupted by a restart of Jenkins"));
        assertClosed(told);
        Until.holds("the scanner is gone", () -> !hanging.isAlive());

        controller.stopJenkinsForcibly();
        controller.startJenkins();
        assertClosed(controller.runRemotely(KilledInMidScanTest::told));
    }

    private static void assertClosed(Told told) {
        assertThat(told.result(), is(Result.FAILURE.toString()));
        assertThat(told.verdict(), is("CLOSED"));
        assertThat(told.cause(), containsString("interrupted by a restart of Jenkins"));
    }

    /** Of a build that can't go on nobody is left to stop the scanner: it ends by its own time-out. */
    @Test
    void aBuildThatCannotGoOnHasNoResultThatCouldPass(@TempDir Path directory) throws Throwable {
        FakeTrivy trivy = FakeTrivy.in(directory.resolve("bin"));
        ProcessHandle hanging = scanAndKill(trivy, FlowDurabilityHint.PERFORMANCE_OPTIMIZED);
        try {
            controller.startJenkins();
            Told told = controller.runRemotely(KilledInMidScanTest::told);
            assertThat(told.result(), is(Result.FAILURE.toString()));
            assertThat(
                    "nothing that could pass",
                    told.verdict() == null || told.verdict().equals("CLOSED"),
                    is(true));
        } finally {
            hanging.destroyForcibly();
        }
    }

    private ProcessHandle scanAndKill(FakeTrivy trivy, FlowDurabilityHint durability) throws Throwable {
        controller.startJenkins();
        controller.runRemotely(
                KilledInMidScanTest::begin,
                new Order(trivy.pipeline("hang", "image: 'shop/web:1'") + "\necho 'and so it went on'", durability));
        ProcessHandle hanging = trivy.hanging();
        controller.stopJenkinsForcibly();
        assertThat("it outlives its controller", hanging.isAlive(), is(true));
        return hanging;
    }

    private static void begin(JenkinsRule rule, Order order) throws Exception {
        WorkflowJob job = Pipelines.job("scan", order.script());
        job.addProperty(new DurabilityHintJobProperty(order.durability()));
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        rule.waitForMessage("It scans shop/web:1", build);
    }

    private static Told told(JenkinsRule rule) throws Exception {
        WorkflowRun build = rule.waitForCompletion(
                Jenkins.get().getItemByFullName("scan", WorkflowJob.class).getBuildByNumber(1));
        rule.assertLogNotContains("and so it went on", build);
        ScanRunAction action = build.getAction(ScanRunAction.class);
        ScanResult result = action == null
                ? null
                : BuildScans.read(build, action.getIds().get(0)).orElse(null);
        return new Told(
                String.valueOf(build.getResult()),
                JenkinsRule.getLog(build),
                result == null ? null : result.verdict().name(),
                result == null ? null : result.cause());
    }
}
