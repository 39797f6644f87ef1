package io.jenkins.plugins.ecscanary.jenkins.scan.step;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import hudson.model.Result;
import io.jenkins.plugins.ecscanary.jenkins.Pipelines;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What scans are compared with: what is new, and what is let through for not being new. */
@WithJenkins
class TrivyScanBaselineTest extends WithFakeTrivy {

    /** Else whoever tries a second time is let through. */
    @Test
    void onlyWhatWasLetThroughIsABaseline() throws Exception {
        WorkflowRun first = build(Result.FAILURE, "vulnerable", "image: 'shop/web:1', baseline: 'previous'");
        WorkflowJob job = (WorkflowJob) first.getParent();
        WorkflowRun again = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains("no earlier scan to compare with", again);
        job.setDefinition(
                Pipelines.definition(
                        trivy.pipeline(
                                "vulnerable",
                                "image: 'shop/web:2', maxFindings: [[severity: 'CRITICAL', atMost: 9], [severity: 'HIGH', atMost: 9]]")));
        jenkins.buildAndAssertSuccess(job);
        job.setDefinition(
                Pipelines.definition(trivy.pipeline("vulnerable", "image: 'shop/web:3', baseline: 'previous'")));
        WorkflowRun known = jenkins.buildAndAssertSuccess(job);
        jenkins.assertLogContains("Only what is new against build #3 counts", known);
        assertThat(result(known).fresh(), is(0));
        assertThat(result(known).since(), is("build #3"));
    }

    @Test
    void whatIsNewIsToldAlsoWhereEverythingCounts() throws Exception {
        WorkflowRun first = build(Result.SUCCESS, "good", "image: 'shop/web:1'");
        WorkflowJob job = (WorkflowJob) first.getParent();
        job.setDefinition(Pipelines.definition(trivy.pipeline("vulnerable", "image: 'shop/web:2'")));
        WorkflowRun second = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        assertThat(result(second).since(), is("build #1"));
        assertThat(result(second).fresh(), is(9));
    }

    @Test
    void aDeployedBaselineNeedsADeployment() throws Exception {
        WorkflowRun build = build(Result.SUCCESS, "good", "image: 'shop/web:1', baseline: 'deployed'");
        jenkins.assertLogContains("no earlier scan to compare with", build);
    }

    /** What one scan of a build let through, and another one of the same build did not. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "severity: '', maxFindings: [[severity: 'CRITICAL', atMost: 9]]",
                "severity: '', maxFindings: [[severity: 'CRITICAL', atMost: 9], [severity: 'HIGH', atMost: 9]]",
                "severity: '', maxFindings: [[severity: 'HIGH', atMost: 0, consequence: 'unstable']]"
            })
    void aSecondAttemptIsNoMoreLetThroughThanTheFirst(String lenient) throws Exception {
        WorkflowJob job = Pipelines.job(
                "scan",
                "node { " + trivy.env("vulnerable") + " { trivyScan(image: 'shop/web:1', " + lenient + ")\n"
                        + "trivyScan(image: 'shop/web:1', severity: 'HIGH', baseline: 'previous') } }");
        for (int attempt = 1; attempt <= 2; attempt++) {
            WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, job);
            jenkins.assertLogContains("3 HIGH findings, where none is accepted", build);
            jenkins.assertLogContains("no earlier scan to compare with", build);
        }
    }

    @Test
    void whatDidNotCountIsNotAccepted() throws Exception {
        WorkflowRun first =
                build(Result.SUCCESS, "vulnerable", "image: 'shop/web:1', severity: 'UNKNOWN', baseline: 'previous'");
        WorkflowJob job = (WorkflowJob) first.getParent();
        job.setDefinition(Pipelines.definition(
                trivy.pipeline("vulnerable", "image: 'shop/web:1', severity: 'HIGH', baseline: 'previous'")));
        WorkflowRun stricter = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains("3 new HIGH findings, where none is accepted", stricter);
    }
}
