package io.jenkins.plugins.ecscanary.jenkins.scan.step;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;

import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.ecscanary.engine.scan.ScanResult;
import io.jenkins.plugins.ecscanary.jenkins.Pipelines;
import io.jenkins.plugins.ecscanary.jenkins.scan.BuildScans;
import io.jenkins.plugins.ecscanary.jenkins.scan.FakeTrivy;
import io.jenkins.plugins.ecscanary.jenkins.scan.page.ScanRunAction;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** What tests of the scanning step begin with: a Jenkins, and a scanner that answers as it is told. */
abstract class WithFakeTrivy {

    JenkinsRule jenkins;
    FakeTrivy trivy;

    @BeforeEach
    void install(JenkinsRule rule, @TempDir Path directory) throws Exception {
        jenkins = rule;
        trivy = FakeTrivy.in(directory.resolve("bin"));
    }

    /** A build of the job {@code scan}, which does nothing else. */
    WorkflowRun build(Result expected, String mode, String parameters) throws Exception {
        WorkflowJob job = Pipelines.job("scan", trivy.pipeline(mode, parameters));
        return jenkins.buildAndAssertStatus(expected, job);
    }

    /** Of its only scan. */
    static ScanResult result(Run<?, ?> build) throws Exception {
        List<String> ids = build.getAction(ScanRunAction.class).getIds();
        assertThat(ids, hasSize(1));
        return BuildScans.read(build, ids.get(0)).orElseThrow();
    }
}
