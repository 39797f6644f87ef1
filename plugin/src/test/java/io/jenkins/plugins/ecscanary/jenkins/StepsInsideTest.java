package io.jenkins.plugins.ecscanary.jenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import hudson.model.Result;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Deployments;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a Pipeline and its deployment learn of each other: steps inside, what comes back, what is told meanwhile. */
@WithJenkins
class StepsInsideTest {

    @RegisterExtension
    static final SlowAws AWS = new SlowAws("inside");

    private JenkinsRule jenkins;

    @BeforeEach
    void allow(JenkinsRule rule) throws Exception {
        jenkins = rule;
        AWS.allow();
    }

    /** AWS completes some deployments only after their verdict: the next one waits. */
    private static String parameters() {
        return AWS.parameters() + ", onConflict: 'wait'";
    }

    @Test
    void whoeverWaitsForAWeightLearnsOfARollBackAtOnce() throws Exception {
        AWS.noStopping();
        WorkflowJob job = Pipelines.job(
                "web",
                "withEcsCanaryDeploy(" + parameters() + SlowAws.SLOW + ") {\n"
                        + "  try { ecsCanaryAwait(weight: 100); echo 'all of it' }\n"
                        + "  finally { echo 'no more smoke tests'; semaphore 'told'; echo 'tidied up' }\n"
                        + "}");
        WorkflowRun build = SlowAws.shifting(jenkins, job);
        Deployments.get().find(Records.only().id()).orElseThrow().rollBackForSomeone("ann", "it looks bad");
        jenkins.waitForMessage("no more smoke tests", build);
        assertThat("it is not rolled back yet", Records.only().verdict(), nullValue());
        AWS.stopping();
        SemaphoreStep.success("told/1", null);
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("ROLLED_BACK", build);
        jenkins.assertLogNotContains("all of it", build);
        jenkins.assertLogContains("tidied up", build);
        jenkins.assertLogNotContains("the steps inside failed", build);
        assertThat(Records.only().verdict().outcome(), is(Outcome.ROLLED_BACK));
    }

    @Test
    void aFailureAfterThePromotionIsNotPassedOverInSilence() throws Exception {
        WorkflowJob job = Pipelines.job(
                "web",
                "withEcsCanaryDeploy(" + parameters() + SlowAws.QUICK
                        + ") { semaphore 'late'; error 'the last test failed' }");
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        Until.holds("it is promoted", () -> Deployments.get().records().history().stream()
                .anyMatch(record -> record.verdict() != null));
        SemaphoreStep.success("late/1", null);
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("the last test failed", build);
        jenkins.assertLogContains("had been promoted already: what it shipped is live", build);
        assertThat(Records.only().verdict().outcome(), is(Outcome.PROMOTED));
    }

    @Test
    void whatComesBackIsTheVerdictAndWhereToReadMore() throws Exception {
        WorkflowJob job = Pipelines.job(
                "web",
                "def r = ecsCanaryDeploy(" + parameters()
                        + ", traffic: canary(percent: 10, bake: '5m'), waitFor: 'shifted', milestones: [10, 100])\n"
                        + "echo \"<${r.verdict}|${r.promoted}|${r.provisional}|${r.url}|${r.timelineUrl}|\" +\n"
                        + "  \"${r.durationSeconds}|${r.taskDefinition}|${r.cause}>\"");
        WorkflowRun build = jenkins.buildAndAssertSuccess(job);
        String log = JenkinsRule.getLog(build);
        String[] told = log.substring(log.indexOf('<') + 1, log.indexOf('>', log.indexOf('<')))
                .split("\\|");
        String page = jenkins.getURL() + build.getUrl() + "ecs-canary/"
                + Records.only().id() + "/";
        assertThat(List.of(told).subList(0, 5), is(List.of("PROMOTED", "true", "true", page, page + "timeline")));
        assertThat("seconds", told[5], matchesPattern("[1-9][0-9]*"));
        assertThat("task definition", told[6], containsString("web:"));
        assertThat("cause", told[7], is(Records.only().verdict().cause()));
        jenkins.assertLogContains("10 % of traffic", build);
    }

    @Test
    void aRollBackMakesTheBuildUnstableWhereTheStepSaysSoAndTheStepTellsWhereItIs() throws Exception {
        WorkflowJob job = Pipelines.job(
                "web",
                "def r = ecsCanaryDeploy(" + parameters() + SlowAws.SLOW + ", unstableOnRollback: true)\n"
                        + "echo \"then ${r.verdict}, ${r.promoted}\"");
        WorkflowRun build = SlowAws.shifting(jenkins, job);
        List<StepExecution> steps =
                build.getExecution().getCurrentExecutions(true).get();
        assertThat(steps, hasSize(1));
        assertThat(steps.get(0).getStatus(), containsString("SHIFTING"));
        Deployments.get().find(Records.only().id()).orElseThrow().rollBackForSomeone("ann", null);
        jenkins.assertBuildStatus(Result.UNSTABLE, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("then ROLLED_BACK, false", build);
    }
}
