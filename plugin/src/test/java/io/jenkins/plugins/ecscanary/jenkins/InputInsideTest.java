package io.jenkins.plugins.ecscanary.jenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.stringContainsInOrder;

import hudson.model.Item;
import hudson.model.Result;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** People are asked between the stages of a deployment, while traffic moves. */
@WithJenkins
class InputInsideTest {

    private static final String QUESTION = "Shall it go on?";

    @RegisterExtension
    static final SlowAws AWS = new SlowAws("asked");

    private JenkinsRule jenkins;

    @BeforeEach
    void allow(JenkinsRule rule) throws Exception {
        jenkins = rule;
        AWS.allow();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD, Item.CANCEL)
                .everywhere()
                .toEveryone());
    }

    /** A build that waits for the answer. */
    private WorkflowRun asked(String more) throws Exception {
        WorkflowRun build = Pipelines.job(
                        "web",
                        "withEcsCanaryDeploy(" + AWS.parameters() + ", onConflict: 'wait'" + more + ") {\n"
                                + "  stage('Canary 10 %') { ecsCanaryAwait(weight: 10) }\n"
                                + "  stage('Ask') { input(id: 'Go', message: '" + QUESTION + "') }\n"
                                + "  stage('All') { echo 'it goes on'; ecsCanaryAwait(weight: 100) }\n"
                                + "}\necho 'afterwards'")
                .scheduleBuild2(0)
                .waitForStart();
        jenkins.waitForMessage(QUESTION, build);
        return build;
    }

    private int answer(String user, WorkflowRun build, String answer) throws Exception {
        return Browser.post(jenkins, user, build.getUrl() + "input/Go/" + answer)
                .getStatusCode();
    }

    private static boolean waits(WorkflowRun build) throws Exception {
        InputAction action = build.getAction(InputAction.class);
        return action != null && action.isWaitingForInput();
    }

    @Test
    void aYesLetsItGoOn() throws Exception {
        WorkflowRun build = asked(", traffic: linear(percent: 10, every: '1m')");
        assertThat(answer("ann", build, "proceedEmpty"), is(200));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        assertThat(
                JenkinsRule.getLog(build),
                stringContainsInOrder("10 % of traffic", QUESTION, "Approved by", "it goes on", "afterwards"));
        jenkins.assertLogContains("100 % of traffic", build);
        assertThat(Records.only().verdict().outcome(), is(Outcome.PROMOTED));
    }

    /** A no is about the release: it is not left to go on, as it would be after an abort of the build. */
    @Test
    void aNoRollsBack() throws Exception {
        WorkflowRun build = asked(SlowAws.SLOW + ", onAbort: 'leave'");
        assertThat(answer("ann", build, "abort"), is(200));
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        assertThat(Records.only().verdict().outcome(), is(Outcome.ROLLED_BACK));
        assertThat(
                Records.only().verdict().cause(),
                is("asked for by Jenkins: an input was answered with no: Rejected by ann"));
        jenkins.assertLogContains("Jenkins asks to roll back: an input was answered with no: Rejected by ann", build);
        jenkins.assertLogNotContains("it goes on", build);
        jenkins.assertLogNotContains("afterwards", build);
    }

    /** Also while AWS does not let itself be asked. */
    @Test
    void nobodyIsAskedAnyMoreOnceSomeoneRollsBack() throws Exception {
        AWS.noStopping();
        WorkflowRun build = asked(SlowAws.SLOW);
        String page = build.getUrl() + "ecs-canary/" + Records.only().id() + "/";
        assertThat(
                Browser.post(jenkins, "carol", page + "rollBack?why=it+looks+bad")
                        .getStatusCode(),
                is(200));
        Until.holds("nobody is asked any more", () -> !waits(build));
        assertThat("it is not rolled back yet", Records.only().verdict(), is(nullValue()));
        assertThat("too late", answer("ann", build, "proceedEmpty"), is(404));
        AWS.stopping();
        assertRolledBack(build, "asked for by carol: it looks bad");
    }

    @Test
    void nobodyIsAskedAnyMoreOnceAnAlarmStopsIt() throws Exception {
        AwsJson.call(AWS.process(), "monitoring", "GraniteServiceVersion20100801.PutMetricAlarm", """
                {"AlarmName": "latency", "Namespace": "Shop", "MetricName": "Latency", "Statistic": "Average",
                 "Period": 60, "EvaluationPeriods": 1, "Threshold": 1, "ComparisonOperator": "GreaterThanThreshold",
                 "TreatMissingData": "ignore"}""");
        alarm("OK", "it is fast");
        WorkflowRun build = asked(SlowAws.SLOW + ", alarms: ['latency']");
        alarm("ALARM", "it is too slow");
        Until.holds("nobody is asked any more", () -> !waits(build));
        assertRolledBack(build, "latency"); // in the words of whoever is read first, CloudWatch or CodeDeploy
    }

    private static void alarm(String state, String why) {
        AwsJson.call(
                AWS.process(),
                "monitoring",
                "GraniteServiceVersion20100801.SetAlarmState",
                "{\"AlarmName\": \"latency\", \"StateValue\": \"" + state + "\", \"StateReason\": \"" + why + "\"}");
    }

    private void assertRolledBack(WorkflowRun build, String cause) throws Exception {
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
        assertThat(Records.only().verdict().outcome(), is(Outcome.ROLLED_BACK));
        assertThat(Records.only().verdict().cause(), containsString(cause));
        jenkins.assertLogContains("ERROR: ROLLED_BACK", build);
        jenkins.assertLogContains(cause, build);
        jenkins.assertLogNotContains("it goes on", build);
        jenkins.assertLogNotContains("the steps inside failed", build);
    }
}
