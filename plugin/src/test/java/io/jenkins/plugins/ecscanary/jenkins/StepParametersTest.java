package io.jenkins.plugins.ecscanary.jenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import hudson.model.Result;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.Criterion;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.ScanRequirement;
import io.jenkins.plugins.ecscanary.engine.model.TrafficPlan;
import io.jenkins.plugins.ecscanary.engine.model.WaitFor;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Planned;
import io.jenkins.plugins.ecscanary.jenkins.access.EcsCanaryConfiguration;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Deployments;
import io.jenkins.plugins.ecscanary.jenkins.run.CanaryRunAction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a Jenkinsfile says about a deployment is what happens. */
@WithJenkins
class StepParametersTest {

    private static final String CODE_DEPLOY = ", codeDeploy: [application: 'web', group: 'web']";
    private static final String QUIET = ", successRate: [minRequests: 0]";

    @AutoClose
    private static LocalAwsProcess aws;

    @AutoClose
    private static Wiretap tap;

    private static String image;

    private JenkinsRule jenkins;

    @BeforeAll
    static void startAws() {
        aws = LocalAwsProcess.start();
        tap = Wiretap.on(aws);
        image = aws.push("parameters", Map.of("APP_VERSION", "parameters"));
    }

    @BeforeEach
    void allow(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Pipelines.allow(aws);
        EcsCanaryConfiguration.get().setEndpointUrls(List.of(aws.endpoint().toString(), tap.endpoint()));
    }

    private static String what(String taskDefinition) {
        return "image: '" + image + "', taskDefinition: '''" + taskDefinition + "'''";
    }

    private static String deploy(String endpoint, String what, String more) {
        return "ecsCanaryDeploy(region: '" + LocalAwsProcess.REGION + "', cluster: '" + LocalAwsProcess.CLUSTER
                + "', service: '" + LocalAwsProcess.SERVICE + "', credentialsId: '" + Pipelines.CREDENTIAL
                + "', endpointUrl: '" + endpoint + "', " + what + more + ")";
    }

    private static String deploy(String what, String more) {
        return deploy(aws.endpoint().toString(), what, more);
    }

    private static String deploy(String more) {
        return deploy(what(LocalAwsProcess.taskDefinition()), more);
    }

    private WorkflowRun refused(String more) throws Exception {
        int before = aws.deploymentsAskedFor().size();
        WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, Pipelines.job("web", deploy(more)));
        assertThat(Records.only().verdict().outcome(), is(Outcome.REFUSED));
        assertThat("deployments in AWS", aws.deploymentsAskedFor(), hasSize(before));
        return build;
    }

    @Test
    void allOfItIsInThePlan() throws Exception {
        WorkflowRun build = refused(", container: 'app', codeDeploy: [application: 'web', group: 'web',"
                + " config: 'CodeDeployDefault.ECSCanary10Percent5Minutes'],"
                + " traffic: weights(weights: [10, 100], every: '5m'), milestones: [25, 100],"
                + " successRate: [threshold: 99.9, datapoints: 3, minRequests: 7], alarms: ['nosuch', 'neither'],"
                + " timeout: '90m', waitFor: 'shifted', createAlarms: true, taskLogs: true, requireScan: '7d'");
        jenkins.assertLogContains("alarm nosuch does not exist", build);
        jenkins.assertLogContains("alarm neither does not exist", build);
        Planned planned = (Planned)
                Deployments.get().records().timeline(Records.only().id()).get(0).event();
        assertThat(
                planned.codeDeploy(),
                is(new CodeDeployGroup("web", "web", "CodeDeployDefault.ECSCanary10Percent5Minutes")));
        assertThat(planned.traffic(), is(new TrafficPlan.Weights(List.of(10, 100), Duration.ofMinutes(5))));
        assertThat(planned.milestones(), is(List.of(25, 100)));
        assertThat(planned.criterion(), is(new Criterion(99.9, 3, 7, Duration.ofMinutes(1))));
        assertThat(planned.alarms(), is(List.of("nosuch", "neither")));
        assertThat(planned.timeout(), is(Duration.ofMinutes(90)));
        assertThat(
                planned.options(),
                is(DeploymentOptions.DEFAULT
                        .withWaitFor(WaitFor.SHIFTED)
                        .withCreateAlarms(true)
                        .withTaskLogs(true)
                        .withRequireScan(new ScanRequirement(Duration.ofDays(7)))));
    }

    @Test
    void weightsThatCodeDeployCannotHoldAreRefusedSayingWhatItCan() throws Exception {
        WorkflowRun build = refused(CODE_DEPLOY + ", traffic: weights(weights: [10, 20, 50, 70, 100], every: '1m')");
        jenkins.assertLogContains("CodeDeploy shifts only in equal steps, in two steps or at once", build);
    }

    @Test
    void whatIsFilledInIsDeployedAndCanBeNamedLater() throws Exception {
        String template = LocalAwsProcess.taskDefinition()
                .replace("\"environment\": [", "\"environment\": [{\"name\": \"LEVEL\", \"value\": \"${LEVEL}\"}, ");
        WorkflowRun build = jenkins.buildAndAssertSuccess(Pipelines.job(
                "web",
                "def first = "
                        + deploy(
                                what(template),
                                CODE_DEPLOY + QUIET + ", templateValues: [LEVEL: 'a \"b\"'],"
                                        + " traffic: weights(weights: [10, 100], every: '5m')")
                        + "\ndef again = "
                        + deploy(
                                "taskDefinitionArn: first.taskDefinition",
                                CODE_DEPLOY + QUIET + ", traffic: allAtOnce()")
                        + "\nassert again.taskDefinition == first.taskDefinition && again.digest == first.digest"));
        List<String> ids = build.getAction(CanaryRunAction.class).getIds();
        assertThat(ids, hasSize(2));
        RecordSummary first = Deployments.get().records().find(ids.get(0)).orElseThrow();
        assertThat(first.verdict().outcome(), is(Outcome.PROMOTED));
        assertThat(
                AwsJson.call(
                        aws,
                        "ecs",
                        "AmazonEC2ContainerServiceV20141113.DescribeTaskDefinition",
                        "{\"taskDefinition\": \"" + first.revision().taskDefinition() + "\"}"),
                containsString("\"a \\\"b\\\"\""));
        String log = JenkinsRule.getLog(build);
        assertThat(log, containsString("10 % of traffic"));
        assertThat(log, containsString("100 % of traffic"));
    }

    @Test
    void aRoleIsAssumedWithItsExternalIdInASessionOfTheBuild() throws Exception {
        WorkflowRun build = jenkins.buildAndAssertSuccess(Pipelines.job(
                "in-a-role",
                deploy(
                        tap.endpoint(),
                        what(LocalAwsProcess.taskDefinition()),
                        CODE_DEPLOY + QUIET
                                + ", traffic: allAtOnce(), roleArn: 'arn:aws:iam::123456789012:role/deployer',"
                                + " externalId: 'agreed-upon-42'")));
        assertThat(tap.sessions(), hasItems("jenkins-ecs-canary", "jenkins-in-a-role-1"));
        assertThat("one for each", tap.externalIds(), hasSize(tap.sessions().size()));
        assertThat(tap.externalIds(), everyItem(is("agreed-upon-42")));
        List<String> inARole = tap.signers().stream()
                .filter(key -> !key.equals(LocalAwsProcess.ACCESS_KEY_ID))
                .toList();
        assertThat("calls in the role", inARole.size(), greaterThan(10));
        jenkins.assertLogNotContains("agreed-upon-42", build);
        assertThat(Records.only().verdict().outcome(), is(Outcome.PROMOTED));
    }

    @Test
    void aServiceThatIsBeingDeployedIsLeftAlone() throws Exception {
        WorkflowRun first = Pipelines.job("first", deploy(CODE_DEPLOY + QUIET))
                .scheduleBuild2(0)
                .waitForStart();
        jenkins.waitForMessage("10 % of traffic", first);
        RecordSummary running = Records.only();
        WorkflowRun second = jenkins.buildAndAssertStatus(
                Result.FAILURE, Pipelines.job("second", deploy(CODE_DEPLOY + QUIET + ", onConflict: 'fail'")));
        jenkins.assertLogContains("REFUSED: a deployment of reference/web in " + LocalAwsProcess.REGION, second);
        jenkins.assertLogContains("is under way: " + running.deploymentId(), second);
        jenkins.assertLogContains("by first #1 since", second);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(first));
        assertThat(
                Deployments.get()
                        .records()
                        .find(running.id())
                        .orElseThrow()
                        .verdict()
                        .outcome(),
                is(Outcome.PROMOTED));
    }

    @Test
    void tooFewRequestsToJudgeByAreNoSuccess() throws Exception {
        WorkflowRun build = jenkins.buildAndAssertStatus(
                Result.FAILURE,
                Pipelines.job("web", deploy(CODE_DEPLOY + ", successRate: [minRequests: 5], traffic: allAtOnce()")));
        jenkins.assertLogContains("ERROR: INCONCLUSIVE", build);
        jenkins.assertLogContains("no period had the 5 requests it takes to judge it", build);
        assertThat(Records.only().verdict().outcome(), is(Outcome.INCONCLUSIVE));
    }
}
