package io.jenkins.plugins.ecscanary.jenkins.step;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import hudson.Util;
import hudson.model.FreeStyleProject;
import hudson.util.FormValidation;
import java.net.URL;
import java.util.List;
import java.util.Map;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlSelect;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The steps in forms: Snippet Generator and checks. */
@WithJenkins
class StepFormTest {

    private static JenkinsRule jenkins;

    /** One for all: nothing here changes it. */
    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    /** Which the harness does after each test only, for those that have one each. */
    @AfterAll
    static void stop() throws Exception {
        jenkins.after();
    }

    private static <S extends EcsCanaryDeployStep> S full(S step, TrafficShift traffic) {
        step.setRegion("eu-central-1");
        step.setImage("repository/web:1");
        step.setTaskDefinition("{\"image\": \"${IMAGE}\"}");
        step.setTemplateValues(Map.of("LEVEL", "info", "QUERY", "a=b"));
        step.setContainer("app");
        step.setTraffic(traffic);
        CodeDeploySettings codeDeploy = new CodeDeploySettings();
        codeDeploy.setApplication("application");
        codeDeploy.setGroup("group");
        codeDeploy.setConfig("config");
        step.setCodeDeploy(codeDeploy);
        SuccessRateSettings successRate = new SuccessRateSettings();
        successRate.setThreshold(99.9);
        successRate.setDatapoints(3);
        successRate.setMinRequests(7);
        step.setSuccessRate(successRate);
        step.setAlarms(List.of("latency", "errors, all"));
        step.setMilestones(List.of(25, 50));
        step.setRoleArn("arn:aws:iam::123456789012:role/deployer");
        step.setExternalId("external");
        step.setEndpointUrl("http://127.0.0.1:4566");
        step.setTimeout("90m");
        step.setOnConflict("wait");
        step.setOnAbort("leave");
        step.setWaitFor("shifted");
        step.setApprovers("alice, bob");
        step.setUnstableOnRollback(true);
        step.setCreateAlarms(true);
        step.setTaskLogs(true);
        step.setRequireScan("7d");
        return step;
    }

    private static List<TrafficShift> shifts() {
        return List.of(
                new LinearTraffic(20, "2m"),
                new CanaryTraffic(5, "10m"),
                new AllAtOnceTraffic(),
                new WeightsTraffic(List.of(10, 50, 100), "3m"));
    }

    @Test
    void theFormKeepsEveryParameter() throws Exception {
        for (TrafficShift traffic : shifts()) {
            EcsCanaryDeployStep step = full(new EcsCanaryDeployStep("cluster", "service"), traffic);
            step.setWait(traffic instanceof LinearTraffic);
            jenkins.assertEqualDataBoundBeans(step, new StepConfigTester(jenkins).configRoundTrip(step));
        }
        WithEcsCanaryDeployStep with =
                full(new WithEcsCanaryDeployStep("cluster", "service"), new LinearTraffic(20, "2m"));
        jenkins.assertEqualDataBoundBeans(with, new StepConfigTester(jenkins).configRoundTrip(with));
        EcsCanaryAwaitStep await = new EcsCanaryAwaitStep(35);
        jenkins.assertEqualDataBoundBeans(await, new StepConfigTester(jenkins).configRoundTrip(await));
    }

    @Test
    void theFormOfAStepWithoutOptionsKeepsThemDefault() throws Exception {
        EcsCanaryDeployStep step = new EcsCanaryDeployStep("cluster", "service");
        jenkins.assertEqualDataBoundBeans(step, new StepConfigTester(jenkins).configRoundTrip(step));
    }

    @Test
    void snippetsSayWhatIsNotDefaultAndAreReadAsTheyWereMeant() throws Exception {
        SnippetizerTester snippets = new SnippetizerTester(jenkins);
        EcsCanaryDeployStep small = new EcsCanaryDeployStep("cluster", "service");
        small.setRegion("eu-central-1");
        small.setTaskDefinitionArn("web:7");
        small.setTraffic(new CanaryTraffic(10, "5m"));
        snippets.assertRoundTrip(
                small,
                "ecsCanaryDeploy cluster: 'cluster', region: 'eu-central-1', service: 'service', taskDefinitionArn: 'web:7',"
                        + " traffic: canary(bake: '5m', percent: 10)");
        EcsCanaryDeployStep scanned = new EcsCanaryDeployStep("cluster", "service");
        scanned.setRequireScan(true);
        snippets.assertRoundTrip(scanned, "ecsCanaryDeploy cluster: 'cluster', requireScan: true, service: 'service'");
        snippets.assertRoundTrip(new EcsCanaryAwaitStep(10), "ecsCanaryAwait 10");
        WithEcsCanaryDeployStep with = new WithEcsCanaryDeployStep("cluster", "service");
        with.setTraffic(new WeightsTraffic(List.of(10, 50, 100), "1m"));
        snippets.assertRoundTrip(
                with,
                "withEcsCanaryDeploy(cluster: 'cluster', service: 'service', traffic: weights(every: '1m', weights: [10, 50,"
                        + " 100])) {\n    // some block\n}");
        for (TrafficShift traffic : shifts()) {
            snippets.assertRoundTrip(
                    full(new EcsCanaryDeployStep("cluster", "service"), traffic),
                    "ecsCanaryDeploy alarms: ['latency', 'errors, all'], approvers: 'alice, bob', cluster: 'cluster',"
                            + " codeDeploy: [application: 'application', config: 'config', group: 'group'],"
                            + " container: 'app', createAlarms: true, endpointUrl: 'http://127.0.0.1:4566',"
                            + " externalId: 'external', image: 'repository/web:1', milestones: [25, 50],"
                            + " onAbort: 'leave', onConflict: 'wait', region: 'eu-central-1', requireScan: '7d',"
                            + " roleArn: 'arn:aws:iam::123456789012:role/deployer', service: 'service',"
                            + " successRate: [datapoints: 3, minRequests: 7, threshold: 99.9],"
                            + " taskDefinition: '{\"image\": \"${IMAGE}\"}', taskLogs: true,"
                            + " templateValues: [LEVEL: 'info', QUERY: 'a=b'], timeout: '90m', traffic: "
                            + snippet(traffic) + ", unstableOnRollback: true, waitFor: 'shifted'");
        }
    }

    private static String snippet(TrafficShift traffic) {
        if (traffic instanceof LinearTraffic) {
            return "linear(every: '2m', percent: 20)";
        }
        if (traffic instanceof CanaryTraffic) {
            return "canary(bake: '10m', percent: 5)";
        }
        return traffic instanceof WeightsTraffic ? "weights(every: '3m', weights: [10, 50, 100])" : "allAtOnce()";
    }

    @Test
    void theReferenceOfStepsCanBeMade() throws Exception {
        // Not the deploying steps as a whole: the reference has no word for a map, which templateValues is, and says so
        // there.
        SnippetizerTester.assertDocGeneration(EcsCanaryAwaitStep.class);
        SnippetizerTester.assertDocGeneration(CodeDeploySettings.class);
        SnippetizerTester.assertDocGeneration(SuccessRateSettings.class);
        for (TrafficShift traffic : shifts()) {
            SnippetizerTester.assertDocGeneration(traffic.getClass());
        }
        String reference = jenkins.createWebClient()
                .goTo("pipeline-syntax/html")
                .getWebResponse()
                .getContentAsString();
        assertThat(reference, containsString("withEcsCanaryDeploy"));
    }

    @Test
    void formsSayWhatIsWrong() {
        EcsCanaryDeployStep.DescriptorImpl step =
                jenkins.jenkins.getDescriptorByType(EcsCanaryDeployStep.DescriptorImpl.class);
        assertThat(step.doCheckCluster(" "), isError("cluster is missing"));
        assertThat(step.doCheckService(""), isError("service is missing"));
        assertThat(step.doCheckRegion(""), isError("region is missing"));
        assertThat(step.doCheckTimeout("soon"), isError("soon"));
        assertThat(step.doCheckTimeout("").kind, is(FormValidation.Kind.OK));
        assertThat(step.doCheckMilestones("10, twenty"), isError("'twenty' is no whole number"));
        assertThat(step.doCheckMilestones("10, 20").kind, is(FormValidation.Kind.OK));
        assertThat(step.doCheckMilestones("10, 500"), isError("milestones has 500, not between 1 and 100"));
        assertThat(step.doCheckTaskDefinition("{\"image\": \"${IMAGE}\"}", ""), isError("The image"));
        assertThat(step.doCheckTaskDefinition("{\"image\": \"${IMAGE\"}", "web:1"), isError("taskDefinition"));
        assertThat(step.doCheckTaskDefinition("{\"image\": \"${IMAGE}\"}", "web:1").kind, is(FormValidation.Kind.OK));
        assertThat(step.doCheckTaskDefinition("", "").kind, is(FormValidation.Kind.OK));
        assertThat(step.doCheckImage("web:1", " "), isError("The task definition"));
        assertThat(step.doCheckImage("web:1", "{}").kind, is(FormValidation.Kind.OK));
        assertThat(step.doCheckTaskDefinitionArn("web:7", "web:1", ""), isError("names a whole revision"));
        assertThat(step.doCheckTaskDefinitionArn("web:7", "", "").kind, is(FormValidation.Kind.OK));
        assertThat(step.doCheckRoleArn("deployer"), isError("is no role's ARN"));
        assertThat(step.doCheckRoleArn("arn:aws:iam::123456789012:role/deployer").kind, is(FormValidation.Kind.OK));
        assertThat(step.doCheckExternalId("four", ""), isError("with a role only"));
        assertThat(step.doCheckExternalId("a b", "arn:aws:iam::123456789012:role/deployer"), isError("external id"));
        assertThat(step.doCheckEndpointUrl("localhost:4566"), isError("http or https URL"));
        assertThat(step.doCheckEndpointUrl("http://user:word@localhost"), isError("http or https URL"));
        assertThat(step.doCheckEndpointUrl("http://localhost:4566").kind, is(FormValidation.Kind.OK));
        assertThat(step.doCheckEndpointUrl("https://gateway.example/aws").kind, is(FormValidation.Kind.OK));
        assertThat(step.doCheckRequireScan("always"), isError("it can be true"));
        assertThat(step.doCheckRequireScan("7d").kind, is(FormValidation.Kind.OK));
        assertThat(step.doCheckRequireScan("").kind, is(FormValidation.Kind.OK));
        assertThat(step.doCheckTemplateValues("LEVEL"), isError("'LEVEL' is not NAME=VALUE"));
        assertThat(
                step.doFillOnAbortItems().stream().map(option -> option.value).toList(), contains("rollback", "leave"));
        assertThat(
                step.doFillOnConflictItems().stream()
                        .map(option -> option.value)
                        .toList(),
                contains("fail", "wait"));
        assertThat(step.doFillWaitForItems(), not(empty()));
        assertThat(step.doFillCredentialsIdItems(null, "").size(), greaterThan(0));
        LinearTraffic.DescriptorImpl linear = jenkins.jenkins.getDescriptorByType(LinearTraffic.DescriptorImpl.class);
        assertThat(linear.doCheckPercent("100").kind, is(FormValidation.Kind.ERROR));
        assertThat(linear.doCheckEvery("often").kind, is(FormValidation.Kind.ERROR));
    }

    /** What the field of the form asks. */
    @Test
    void theFieldOfTheCredentialHasItLookedUp() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList().add(new StepConfigTester.StepBuilder(new EcsCanaryDeployStep("cluster", "service")));
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            HtmlSelect field = client.getPage(job, "configure")
                    .getFirstByXPath("//select[contains(@checkurl, 'EcsCanaryDeployStep/checkCredentialsId')]");
            String address = field.getAttribute("checkurl").substring("/jenkins/".length()) + "?value=no-such-one";
            WebRequest asked = new WebRequest(new URL(jenkins.getURL(), address), HttpMethod.POST);
            assertThat(
                    client.loadWebResponse(client.addCrumb(asked)).getContentAsString(), containsString("no-such-one"));
        }
    }

    private static org.hamcrest.Matcher<FormValidation> isError(String text) {
        return new org.hamcrest.FeatureMatcher<FormValidation, String>(
                containsString(text), "an error with", "validation") {
            @Override
            protected String featureValueOf(FormValidation actual) {
                return actual.kind == FormValidation.Kind.ERROR
                        ? Util.fixNull(actual.getMessage()).replace("&#039;", "'")
                        : actual.toString();
            }
        };
    }
}
