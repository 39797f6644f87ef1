package io.jenkins.plugins.ecscanary.jenkins.scan.step;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasToString;
import static org.hamcrest.Matchers.is;

import hudson.model.Result;
import io.jenkins.plugins.ecscanary.engine.scan.ScanResult;
import io.jenkins.plugins.ecscanary.engine.scan.ScanVerdict;
import io.jenkins.plugins.ecscanary.jenkins.Pipelines;
import io.jenkins.plugins.ecscanary.jenkins.Until;
import io.jenkins.plugins.ecscanary.jenkins.scan.BuildScans;
import io.jenkins.plugins.ecscanary.jenkins.scan.FakeTrivy;
import io.jenkins.plugins.ecscanary.jenkins.scan.page.ScanRunAction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The controller is restarted in the middle of a scan: nobody has seen what it came to, so the gate is closed. */
class TrivyScanRestartTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private static WorkflowRun build() {
        return Jenkins.get().getItemByFullName("scan", WorkflowJob.class).getBuildByNumber(1);
    }

    @Test
    void theGateIsClosedAndTheScannerStopped(@TempDir Path directory) throws Throwable {
        FakeTrivy trivy = FakeTrivy.in(directory.resolve("bin"));
        ProcessHandle[] hanging = new ProcessHandle[1];
        sessions.then(jenkins -> {
            WorkflowJob job = Pipelines.job("scan", trivy.pipeline("hang", "image: 'shop/web:1'"));
            job.scheduleBuild2(0).waitForStart();
            hanging[0] = trivy.hanging();
            assertThat(written(), hasItem(hasToString(endsWith("report.json"))));
        });
        assertThat("going down does not stop it", hanging[0].isAlive(), is(true));
        sessions.then(jenkins -> {
            WorkflowRun build = jenkins.waitForCompletion(build());
            jenkins.assertBuildStatus(Result.FAILURE, build);
            jenkins.assertLogContains("interrupted by a restart of Jenkins", build);
            jenkins.assertLogNotContains("came to PASSED", build);
            Until.holds("the scanner is gone", () -> !hanging[0].isAlive());
            String id = build.getAction(ScanRunAction.class).getIds().get(0);
            ScanResult result = BuildScans.read(build, id).orElseThrow();
            assertThat(result.verdict(), is(ScanVerdict.CLOSED));
            assertThat("with the secrets that it found", written(), is(empty()));
        });
    }

    /** What belongs to the scanner on the node: its report, and what it is told. */
    private static List<Path> written() throws IOException {
        Path workspaces = Jenkins.get().getRootDir().toPath().resolve("workspace");
        try (Stream<Path> all = Files.walk(workspaces)) {
            return all.filter(path -> path.toString().contains("ecs-canary-scan-"))
                    .filter(Files::isRegularFile)
                    .toList();
        }
    }
}
